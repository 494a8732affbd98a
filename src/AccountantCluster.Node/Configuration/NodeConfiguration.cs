using System.ComponentModel.DataAnnotations;

namespace AccountantCluster.Node.Configuration;

/// <summary>
/// All that an operator tells a node, from one JSON file (<c>--config</c>). Amounts are decimal numbers of token base units, as text.
/// Secrets are not in it, but for access keys in the addresses of Ethereum nodes: it names the files that hold them.
/// </summary>
public sealed partial class NodeConfiguration
{
    /// <summary>The chain and the accountant on it.</summary>
    [Required]
    public ChainSection Chain { get; init; } = null!;

    /// <summary>
    /// The key that signs promises. Nodes with the role <c>signer</c> need it; no others should know it.
    /// </summary>
    public OperatorSection? Operator { get; init; }

    /// <summary>The journal.</summary>
    [Required]
    public StorageSection Storage { get; init; } = null!;

    /// <summary>The gRPC edge.</summary>
    public EdgeSection Edge { get; init; } = new();

    /// <summary>The cluster that the node forms or joins.</summary>
    public ClusterSection Cluster { get; init; } = new();

    /// <summary>What the accountant allows on its channels.</summary>
    public PolicySection Policy { get; init; } = new();

    /// <summary>
    /// What the accountant risks on consumers that pay before their registration is mined; absent: nothing, they wait until then. All nodes
    /// must say the same.
    /// </summary>
    public OpeningSection? Opening { get; init; }

    /// <summary>When the accountant sends transactions, and reminds its channels.</summary>
    public SettlementSection Settlement { get; init; } = new();

    /// <summary>What a transaction maker asks and takes on; nodes with the role <c>maker</c> need it.</summary>
    public MakerSection? Maker { get; init; }

    /// <summary>The admin's way in.</summary>
    public AdminSection Admin { get; init; } = new();

    /// <summary>The chain and the accountant on it.</summary>
    public sealed class ChainSection
    {
        /// <summary>
        /// JSON-RPC address of an Ethereum node, where it is one that is believed: the operator's own. This or <see cref="Endpoints"/>. It
        /// may hold an access key, so the file is as secret as that is; only host and port are ever shown.
        /// </summary>
        public Uri? Rpc { get; init; }

        /// <summary>
        /// JSON-RPC addresses of several Ethereum nodes, run by different people, those that are preferred first. Failures and liars below
        /// <see cref="Agreement"/> do no harm.
        /// </summary>
        public IReadOnlyList<string>? Endpoints { get; init; }

        /// <summary>
        /// How many of them must say the same before it counts; two where there are several. With two of two, nothing is learnt while one
        /// is away; with two of three, one may be. With 1, the first one that answers is believed: that helps against failures alone.
        /// </summary>
        public int? Agreement { get; init; }

        /// <summary>The registry's contract.</summary>
        [Required]
        public string Registry { get; init; } = "";

        /// <summary>The accountant's contract; a node that is nothing but a transaction maker serves all of the registry.</summary>
        public string Accountant { get; init; } = "";

        /// <summary>Block in which the registry was deployed.</summary>
        public ulong FirstBlock { get; init; }

        /// <summary>Blocks on top of one before it counts.</summary>
        [Range(0, 1_000)]
        public int Confirmations { get; init; } = 12;

        /// <summary>Seconds between two looks at the chain.</summary>
        [Range(0.1, 600)]
        public double ObserveSeconds { get; init; } = 6;
    }

    /// <summary>The operator's key, and what was signed with it.</summary>
    public sealed class OperatorSection
    {
        /// <summary>Path of a keystore file (Web3 Secret Storage, version 3).</summary>
        [Required]
        public string Keystore { get; init; } = "";

        /// <summary>
        /// Path of a file that holds its password, which not everybody on the machine may read; a line end at its end does not count.
        /// <c>-</c> is a line of standard input, in the order operator, settlement.
        /// </summary>
        [Required]
        public string PasswordFile { get; init; } = "";

        /// <summary>
        /// Path of the file in which this node remembers the highest total that it signed for each provider; made where it is missing, in a
        /// folder that exists. It is what keeps a node from signing less than before when its books come from an old backup, so it must not
        /// come from that backup too: outside of <c>storage.directory</c>, on a disk that keeps it, never restored together with the books,
        /// and one per node. No default, because only the operator knows what is backed up together and what a container forgets.
        /// </summary>
        public string? TotalsFile { get; init; }
    }

    /// <summary>The journal.</summary>
    public sealed class StorageSection
    {
        /// <summary>
        /// Folder for SQLite's files, for a node that is alone: a second process that is told the same folder does not start. On a disk of
        /// this machine, whose file system locks files. Either this or <see cref="ConnectionFile"/>.
        /// </summary>
        public string? Directory { get; init; }

        /// <summary>
        /// Path of a file that holds the connection string of a PostgreSQL database, as Npgsql reads it: it has a password in it, so not
        /// everybody on the machine may read it.
        /// </summary>
        public string? ConnectionFile { get; init; }

        /// <summary>
        /// Whether the node makes its tables where they are missing; false where the scripts of <c>deploy/schema</c> made them.
        /// </summary>
        public bool CreateTables { get; init; } = true;
    }

    /// <summary>The gRPC edge.</summary>
    public sealed class EdgeSection
    {
        /// <summary>Address and port to listen on; port 0 takes any free port.</summary>
        [Required]
        public string Listen { get; init; } = "127.0.0.1:50051";

        /// <summary>
        /// Path of the certificate, with those that lead to its authority, in PEM; with it, TLS is on and plain text refused.
        /// </summary>
        public string? CertificateFile { get; init; }

        /// <summary>Path of the certificate's private key, in PEM; refused where every user of the machine can read it.</summary>
        public string? KeyFile { get; init; }

        /// <summary>Plain text on another address than 127.0.0.1: only where something in front of the node does TLS.</summary>
        public bool AllowPlainText { get; init; }
    }

    /// <summary>The cluster that the node forms or joins.</summary>
    public sealed class ClusterSection
    {
        /// <summary>
        /// What the node does: <c>edge</c> takes calls, <c>channels</c> keeps channels, of those with <c>settlement</c> one follows the
        /// chain and sends the accountant's transactions, and of those with <c>signer</c> one signs promises. All of it where nothing is
        /// said, as a node that is alone must. Of those with <c>maker</c> one sends other people's transactions, beside an accountant or
        /// without one. What a signer remembers stays with its node: best there is one of them, which comes back.
        /// </summary>
        public IReadOnlyList<string>? Roles { get; init; }

        /// <summary>
        /// Name or address that the node listens on for the other nodes, and under which they reach it unless <see cref="PublicHost"/> says
        /// otherwise.
        /// </summary>
        [Required]
        public string Hostname { get; init; } = "127.0.0.1";

        /// <summary>Port for the other nodes; 0 takes any free port, which suits a node that is alone.</summary>
        [Range(0, 65_535)]
        public int Port { get; init; }

        /// <summary>
        /// Name or address under which the other nodes reach this one, where it is not the one that it listens on: in a container, or
        /// behind a forwarded port. It is the node's name in the cluster, so no two nodes may have the same host and port.
        /// </summary>
        [MinLength(1)]
        public string? PublicHost { get; init; }

        /// <summary>Port on which the other nodes reach this one, where it is not <see cref="Port"/>.</summary>
        [Range(1, 65_535)]
        public int? PublicPort { get; init; }

        /// <summary>
        /// Path of the certificate that the node shows the others, in PEM; with it, <see cref="KeyFile"/> and <see cref="AuthorityFile"/>,
        /// nodes talk TLS, and only to nodes with a certificate of that authority. Without them only on 127.0.0.1, or where
        /// <see cref="AllowPlainText"/> says so.
        /// </summary>
        public string? CertificateFile { get; init; }

        /// <summary>Path of the certificate's private key, in PEM, readable by the node alone.</summary>
        public string? KeyFile { get; init; }

        /// <summary>Path of the certificates of the cluster's own authority, in PEM.</summary>
        public string? AuthorityFile { get; init; }

        /// <summary>Plain text with nodes of other machines: only where nobody else is on their network.</summary>
        public bool AllowPlainText { get; init; }
    }

    /// <summary>What the accountant allows on its channels (protocol §4 rules 6 and 7).</summary>
    public sealed class PolicySection
    {
        /// <summary>E: unrevealed credit per consumer channel and provider.</summary>
        [Required]
        public string ExposureLimit { get; init; } = "10000000000000000";

        /// <summary>W: unrevealed hashlocks per consumer channel and provider.</summary>
        [Range(2, 16)]
        public int WindowLimit { get; init; } = 4;

        /// <summary>K: providers with unrevealed credit per consumer channel.</summary>
        [Range(1, 64)]
        public int ProviderLimit { get; init; } = 8;

        /// <summary>Smallest first payment of an agreement.</summary>
        [Required]
        public string MinimumFirstPayment { get; init; } = "1";
    }

    /// <summary>
    /// Consumers that pay before their registration is mined (paper §4.7). Such a consumer can take all tokens back at once, with another
    /// registration whose fee they are: what it has promised by then is the accountant's loss.
    /// </summary>
    public sealed class OpeningSection
    {
        /// <summary>The most that one consumer may promise before its registration is mined; 0: nothing.</summary>
        [Required]
        public string Limit { get; init; } = "1000000000000000";

        /// <summary>
        /// The most for all consumers together, what was lost in the last thirty days included: the most that can be lost in a month.
        /// </summary>
        [Required]
        public string TotalLimit { get; init; } = "100000000000000000";

        /// <summary>Consumers that begin like that within an hour: where the accountant registers them, it pays for the gas of so
        /// many.</summary>
        [Range(1, 100_000)]
        public int PerHour { get; init; } = 30;

        /// <summary>Minutes that a registration must hold at least when it is handed in: time to mine it.</summary>
        [Range(11, 1_440)]
        public int MinimumMinutes { get; init; } = 30;

        /// <summary>
        /// Whether the accountant sends the registrations that it holds itself, once something was promised on them, and pays for the gas.
        /// </summary>
        public bool Register { get; init; }
    }

    /// <summary>The admin's way in: freezing single channels (<c>accountant admin</c>).</summary>
    public sealed class AdminSection
    {
        /// <summary>
        /// Path of a Unix domain socket, 107 bytes at most, in a folder that exists; off where none is named. The node makes it for its own
        /// user alone (mode 0600): whoever can open the file is the admin, so no other authentication is needed, and nothing of it is
        /// reachable over the network.
        /// </summary>
        public string? Socket { get; init; }
    }

    /// <summary>When the accountant sends transactions, and reminds its channels.</summary>
    public sealed class SettlementSection : ISendingKey, ITokenWorth
    {
        /// <summary>
        /// Path of a keystore file (Web3 Secret Storage, version 3) with the key that sends the accountant's transactions and pays for
        /// them; the operator's where none is named and the node signs promises. Anybody may send them, so it need not be an operator's.
        /// </summary>
        public string? Keystore { get; init; }

        /// <summary>Path of a file that holds its password, or <c>-</c>, like the operator's.</summary>
        public string? PasswordFile { get; init; }

        /// <summary>
        /// Address of a program that keeps that key instead and signs with it, over JSON-RPC's <c>eth_signTransaction</c> (Web3Signer,
        /// Clef): https, or http on this machine. Excludes <see cref="Keystore"/>.
        /// </summary>
        public string? Signer { get; init; }

        /// <summary>The key's address there.</summary>
        public string? Sender { get; init; }

        /// <summary>Seconds between two rounds.</summary>
        [Range(1, 86_400)]
        public double IntervalSeconds { get; init; } = 1_800;

        /// <summary>A consumer promise is collected once it brings this much.</summary>
        [Required]
        public string MinimumCollected { get; init; } = "1000000000000000";

        /// <summary>
        /// A provider is paid by the accountant once that brings this much; absent: providers settle what was promised to them themselves.
        /// Needs an operator's key to send with.
        /// </summary>
        public string? MinimumPaid { get; init; }

        /// <summary>A provider channel is refilled once it misses this much.</summary>
        [Required]
        public string MinimumRefill { get; init; } = "1000000000000000";

        /// <summary>
        /// What 10^18 base units of the token are worth, in wei. Absent, and without <see cref="PriceFile"/>: gas is never too dear for a
        /// row.
        /// </summary>
        public string? WeiPerToken { get; init; }

        /// <summary>
        /// Path of a file with that number instead, which is read at each round: something of the operator's writes it anew as markets
        /// move.
        /// </summary>
        public string? PriceFile { get; init; }

        /// <summary>Hours after which what stands there counts as unknown.</summary>
        [Range(0.01, 8_760)]
        public double PriceMaximumAgeHours { get; init; } = 24;

        /// <summary>
        /// Gas may cost this share of what a row moves, in hundredths of a per cent. Looked at where the token's worth is known.
        /// </summary>
        [Range(0, 10_000)]
        public int MaximumFeeBasisPoints { get; init; } = 100;

        /// <summary>Hours after which a row waits for cheaper gas no longer.</summary>
        [Range(0, 8_760)]
        public double MaximumAgeHours { get; init; } = 24;

        /// <summary>A row that moves this much goes out whatever gas costs; absent: none does for its amount.</summary>
        public string? AlwaysAt { get; init; }

        /// <summary>
        /// Rounds from one that asks every channel to the next, and adds the books up: the others ask those that have reported since.
        /// </summary>
        [Range(1, 10_000)]
        public int RoundsPerFullRound { get; init; } = 24;

        /// <summary>
        /// Seconds after which a consumer channel without news is told again what the chain says: so long a consented exit that was never
        /// paid may hold back its amount beyond its deadline.
        /// </summary>
        [Range(1, 86_400)]
        public int ReminderSeconds { get; init; } = 3_600;
    }
}

namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>
/// The money of protocol §6 as plain arithmetic: one accountant, its consumers and its providers, and everybody's tokens. Written from the
/// protocol, and from the interfaces' comments where the protocol leaves something open; it shares no code with the product. Signatures are
/// the names of who signed.
/// </summary>
internal sealed partial class World
{
    public const string Nobody = "nobody";
    public const string Accountant = "the accountant";
    public const string Treasury = "the treasury";
    public const ulong Notice = 4 * Day;
    public const ulong Lapse = 7 * Day;
    public const ulong Revocation = 14 * Day;
    public const ulong Day = 24 * 60 * 60;

    private readonly Dictionary<string, UInt128> _tokens = [];
    private readonly Dictionary<string, ProviderChannel> _providers = [];
    private readonly Dictionary<string, ConsumerChannel> _consumers = [];

    public World(Setup setup)
    {
        Setup = setup;
        Now = setup.Start;
        (Owner, Stake, Fee) = (setup.Owner, setup.Stake, new Terms(setup.FeeBasisPoints, setup.FeeBasisPoints, setup.Registered));
        _keys[setup.Operator] = new Validity(setup.Registered, ulong.MaxValue);
        foreach (var (holder, amount) in setup.Tokens) _tokens[holder] = amount;
        foreach (var provider in setup.Providers) _providers[provider] = new ProviderChannel();
        foreach (var consumer in setup.Consumers) _consumers[consumer] = new ConsumerChannel();
    }

    public Setup Setup { get; }

    /// <summary>The time of the action at hand, in seconds since 1970.</summary>
    public ulong Now { get; set; }

    /// <summary>T: what the accountant's contract holds.</summary>
    public UInt128 Held => TokensOf(Accountant);

    /// <summary>L: what is guaranteed to providers now.</summary>
    public UInt128 Locked => Sum(channel => channel.Balance);

    /// <summary>V: what may be guaranteed to them after refilling.</summary>
    public UInt128 Reserved => Sum(channel => UInt128.Max(channel.Loan, channel.Balance));

    /// <summary>max(0, T − V − S).</summary>
    public UInt128 Withdrawable => Less(Held, Reserved + Stake);

    /// <summary>T − L.</summary>
    public UInt128 Free => Held - Locked;

    public static string ChannelOf(string consumer) => $"channel of {consumer}";

    public UInt128 TokensOf(string holder) => _tokens.GetValueOrDefault(holder);

    public ProviderChannel Provider(string provider) => _providers[provider];

    public ConsumerChannel Consumer(string consumer) => _consumers[consumer];

    /// <summary>Tokens go from one holder to another: a deposit, a gift to the accountant, or anything else.</summary>
    public Verdict Transfer(string sender, string to, UInt128 amount)
    {
        var verdict = new Verdict().RefuseIf(TokensOf(sender) < amount, "ERC20InsufficientBalance");
        if (!verdict.IsRefused) Move(sender, to, amount);
        return verdict;
    }

    /// <summary>Every number that can be compared with the chain, by its name.</summary>
    public SortedDictionary<string, string> Describe()
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var holder in Setup.Holders) lines[$"tokens of {holder}"] = $"{TokensOf(holder)}";
        foreach (var (name, channel) in _consumers) channel.Describe(name, lines);
        foreach (var (name, channel) in _providers) channel.Describe(name, lines);
        lines["L"] = $"{Locked}";
        lines["V"] = $"{Reserved}";
        lines["S"] = $"{Stake}";
        lines["withdrawable"] = $"{Withdrawable}";
        DescribeOwnership(lines);
        return lines;
    }

    private static UInt128 Less(UInt128 from, UInt128 what) => from > what ? from - what : 0;

    private UInt128 Sum(Func<ProviderChannel, UInt128> part) =>
        _providers.Values.Aggregate((UInt128)0, (sum, channel) => sum + part(channel));

    private void Move(string from, string to, UInt128 amount)
    {
        _tokens[from] = TokensOf(from) - amount;
        _tokens[to] = TokensOf(to) + amount;
    }
}

namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>How a sequence begins.</summary>
/// <param name="Registered">When the accountant was registered, in seconds since 1970.</param>
/// <param name="Start">The time of the newest block.</param>
/// <param name="Tokens">Everybody's tokens.</param>
internal sealed record Setup(ulong Registered, ulong Start, IReadOnlyDictionary<string, UInt128> Tokens)
{
    public UInt128 MinimumStake { get; init; } = 1_000;

    public UInt128 RegistrationFee { get; init; } = 7;

    public UInt128 Stake { get; init; } = 1_500;

    public ulong FeeBasisPoints { get; init; } = 100;

    public string Owner { get; init; } = "olga";

    public string Operator { get; init; } = "otto";

    public IReadOnlyList<string> Consumers { get; init; } = ["ann", "bob", "cid"];

    /// <summary>Consumers are providers too: they may register with a loan.</summary>
    public IReadOnlyList<string> Providers { get; init; } = ["ann", "bob", "cid", "pia", "quin"];

    public IReadOnlyList<string> Operators { get; init; } = ["otto", "oscar"];

    public IReadOnlyList<string> Owners { get; init; } = ["olga", "odin"];

    /// <summary>Everybody with a key.</summary>
    public IReadOnlyList<string> People { get; init; } =
        ["ann", "bob", "cid", "pia", "quin", "otto", "oscar", "olga", "odin", "max", "sue"];

    /// <summary>Everybody whose tokens are compared.</summary>
    public IEnumerable<string> Holders => [.. People, World.Treasury, World.Accountant, .. Consumers.Select(World.ChannelOf)];
}

using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>What the operator of a transaction maker chooses.</summary>
public sealed record MakerOptions
{
    /// <summary>The registry whose accountants' transactions are sent.</summary>
    public required Address Registry { get; init; }

    /// <summary>The registry's token: what is paid in.</summary>
    public required Address Token { get; init; }

    /// <summary>Who is paid: the address that clients' signatures name. The sender's own, or one whose key is elsewhere.</summary>
    public required Address Receiver { get; init; }

    /// <summary>The key that sends and pays for gas. A lane of its own: nobody else may send with it.</summary>
    public required LaneKey Lane { get; init; }

    /// <summary>What is asked for gas.</summary>
    public JobTariff Tariff { get; init; } = new();

    /// <summary>What is taken on.</summary>
    public JobLimits Limits { get; init; } = new();
}

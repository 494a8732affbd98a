using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Opening;

/// <summary>A node whose consumers may pay before their registration is mined, which is nobody's business but theirs.</summary>
public sealed class OpeningNetwork : LiveNetwork
{
    internal static readonly Amount Limit = new(100_000);

    private protected override NodeTold Told => new() { OpeningLimit = Limit, SettleSeconds = 1 };
}

using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>A node that pays its providers by itself, with a round whenever the one before is over.</summary>
public sealed class PayingNetwork : LiveNetwork
{
    private protected override NodeTold Told => new() { PaysProviders = true, SettleSeconds = 1 };
}

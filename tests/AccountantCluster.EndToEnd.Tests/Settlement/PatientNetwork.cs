using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>A node for which nothing that a consumer of a test promises is worth its gas.</summary>
public sealed class PatientNetwork : LiveNetwork
{
    private protected override NodeTold Told => new() { MinimumCollected = DemoScale.Deposit, SettleSeconds = 1 };
}

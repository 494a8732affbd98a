using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.Opening;

/// <summary>A node that sends the registrations it holds by itself.</summary>
public sealed class RegisteringNetwork : LiveNetwork
{
    private protected override NodeTold Told => new() { OpeningLimit = OpeningNetwork.Limit, RegistersOpenings = true, SettleSeconds = 1 };
}

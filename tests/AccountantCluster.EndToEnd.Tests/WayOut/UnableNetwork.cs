using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.WayOut;

/// <summary>An accountant that signs everything and cannot send anything: its sending key has no ether.</summary>
public sealed class UnableNetwork : LiveNetwork
{
    private readonly PrivateKey _poor = PrivateKey.Generate();

    private protected override NodeTold Told => new() { SendingKey = _poor, SettleSeconds = 1 };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _poor.Dispose();
    }
}

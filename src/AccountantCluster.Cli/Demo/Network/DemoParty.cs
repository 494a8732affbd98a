using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Somebody with an identity in the demo.</summary>
internal sealed class DemoParty(string name, AccountantProfile profile) : IDisposable
{
    /// <summary>What it is called in the demo's output.</summary>
    public string Name => name;

    /// <summary>Its key.</summary>
    public PrivateKey Key { get; } = PrivateKey.Generate();

    /// <summary>Its identity.</summary>
    public Address Identity => Key.Address;

    /// <summary>Its consumer channel.</summary>
    public Address Channel => profile.ChannelOf(Identity);

    /// <summary>What was sent to its channel, in token base units.</summary>
    public Amount ToppedUp { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}

using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Somebody with an identity in the demo.</summary>
/// <param name="name">What it is called.</param>
/// <param name="profile">The accountant.</param>
/// <param name="key">Its key where it has one already, with another accountant; disposed with this.</param>
internal sealed class DemoParty(string name, AccountantProfile profile, PrivateKey? key = null) : IDisposable
{
    /// <summary>What it is called in the demo's output.</summary>
    public string Name => name;

    /// <summary>Its key.</summary>
    public PrivateKey Key { get; } = key ?? PrivateKey.Generate();

    /// <summary>Its identity.</summary>
    public Address Identity => Key.Address;

    /// <summary>Its consumer channel.</summary>
    public Address Channel => profile.ChannelOf(Identity);

    /// <summary>What was sent to its channel, in token base units.</summary>
    public Amount ToppedUp { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}

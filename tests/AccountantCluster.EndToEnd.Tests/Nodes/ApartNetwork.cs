using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>
/// Three nodes of one cluster: the network's own, which takes calls and keeps channels and has no key at all, one that does nothing but
/// settle, and one that does nothing but sign.
/// </summary>
public sealed class ApartNetwork : PostgreSqlNetwork
{
    // Ten ether: gas for every transaction of a test.
    private static readonly UInt128 Gas = 10 * UInt128.Parse("1000000000000000000", null);

    private readonly PrivateKey _key = PrivateKey.Generate();

    /// <summary>The node with the role <c>settlement</c> alone.</summary>
    internal JoinedNode Settling { get; private set; } = null!;

    /// <summary>The node with the role <c>signer</c> alone.</summary>
    internal JoinedNode Signing { get; private set; } = null!;

    /// <summary>Who sends its transactions.</summary>
    internal Address Sender => _key.Address;

    private protected override IReadOnlyList<string> Roles => ["edge", "channels"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Chain.Deployer.SendAsync(TransactionRequest.Pay(Sender, Gas));
        Signing = await JoinAsync(new NodeTold { Roles = ["signer"] });
        Settling = await JoinAsync(new NodeTold { Roles = ["settlement"], SendingKey = _key });
    }

    public override async Task DisposeAsync()
    {
        await Settling.DisposeAsync();
        await Signing.DisposeAsync();
        await base.DisposeAsync();
        _key.Dispose();
    }
}

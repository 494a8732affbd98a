using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>
/// Three nodes of one cluster: the network's own, which begins it, one that only takes calls, and one that keeps channels and takes none.
/// </summary>
public sealed class ThreeNodes : PostgreSqlNetwork
{
    /// <summary>The node with the role <c>edge</c> alone.</summary>
    internal JoinedNode Edge { get; private set; } = null!;

    /// <summary>The node with the role <c>channels</c> alone.</summary>
    internal JoinedNode Keeper { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Edge = await JoinAsync(new NodeTold { Roles = ["edge"] });
        Keeper = await JoinAsync(new NodeTold { Roles = ["channels"] });
    }

    public override async Task DisposeAsync()
    {
        await Edge.DisposeAsync();
        await Keeper.DisposeAsync();
        await base.DisposeAsync();
    }
}

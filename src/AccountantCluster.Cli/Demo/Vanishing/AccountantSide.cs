using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>One of several accountants: its nodes, its consumers, and all providers, who work with the others as well.</summary>
internal sealed class AccountantSide : IAsyncDisposable
{
    private readonly DemoDatabase? _database;

    private AccountantSide(DemoChain chain, DemoNodes nodes, DemoParties parties, DemoDatabase? database)
    {
        (Chain, Nodes, Parties, _database) = (chain, nodes, parties, database);
    }

    /// <summary>The chain as this accountant's people see it.</summary>
    public DemoChain Chain { get; }

    /// <summary>Its nodes.</summary>
    public DemoNodes Nodes { get; }

    /// <summary>Its consumers, and the providers' accounts with it.</summary>
    public DemoParties Parties { get; }

    /// <summary>Starts its nodes, and brings everybody onto the chain.</summary>
    /// <param name="options">What the user chose.</param>
    /// <param name="chain">Where it is.</param>
    /// <param name="folder">Where all of it is written.</param>
    /// <param name="firstConsumer">Number of its first consumer.</param>
    /// <param name="providers">The providers' keys; disposed with this.</param>
    /// <param name="vanishes">Whether it is the one that vanishes: a consumer of its leaves then.</param>
    /// <param name="tell">Hears of each step.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<AccountantSide> StartAsync(
        DemoOptions options,
        DemoChain chain,
        DemoFolder folder,
        int firstConsumer,
        IReadOnlyList<PrivateKey> providers,
        bool vanishes,
        Action<string> tell,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var database = await DemoDatabase.StartAsync(options.Store, tell, cancellation);
        DemoNodes? nodes = null;
        DemoParties? parties = null;
        try
        {
            nodes = await DemoNodes.StartAsync(
                options.Nodes, folder, chain, options.Node, database?.ConnectionString, tell, cancellation);
            parties = new DemoParties(chain.Profile, folder, firstConsumer, DemoScale.ConsumersOfEach, providers, firstLeaves: vanishes);
            await Beginning.RunAsync(folder, chain, parties, nodes, time, cancellation);
            return new AccountantSide(chain, nodes, parties, database);
        }
        catch
        {
            if (parties is not null) await parties.DisposeAsync();
            if (nodes is not null) await nodes.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Parties.DisposeAsync();
        await Nodes.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}

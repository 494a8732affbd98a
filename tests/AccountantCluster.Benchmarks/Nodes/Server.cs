using System.Globalization;
using System.Net;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.Edge;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>The other process of the measurements over gRPC: cluster and edge of a node.</summary>
internal static class Server
{
    public const string Verb = "serve";
    public const string ReadyPrefix = "ready: ";

    /// <summary>Serves until it is told to end.</summary>
    /// <param name="arguments">Kind of journal, its folder or the file with its connection string, number of channels whose deposits it
    /// tells.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var journal = arguments[0] switch
        {
            Journal.InMemory => Journal.Memory(arguments[1]),
            "SQLite" => Journal.Sqlite(arguments[1]),
            "PostgreSQL" => Journal.PostgreSql(await File.ReadAllTextAsync(arguments[1])),
            var other => throw new ArgumentException($"No journal is called {other}.", nameof(arguments)),
        };
        var market = new Market(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var profile = BenchmarkAccountant.Profile;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMeasuredCluster(journal);
        builder.Services.AddAccountantEdge(new EdgeOptions
        {
            Terms = new AccountantTerms(
                profile.ChainId,
                profile.Accountant,
                profile.Registry,
                profile.Token,
                profile.ConsumerChannelImplementation,
                BenchmarkAccountant.Policy),
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
        });
        await using var app = builder.Build();
        app.MapAccountantEdge();
        await app.StartAsync();
        await app.Services.UpAsync();
        await app.Services.DepositAsync(market.Payers.Select(payer => payer.Channel));
        Console.WriteLine(ReadyPrefix + app.Urls.Single());
        await app.WaitForShutdownAsync();
    }
}

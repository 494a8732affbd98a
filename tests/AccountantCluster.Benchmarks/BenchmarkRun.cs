using AccountantCluster.Benchmarks.Load;
using AccountantCluster.Benchmarks.Nodes;
using AccountantCluster.Benchmarks.Report;
using AccountantCluster.Benchmarks.Rows;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.Benchmarks;

/// <summary>All measurements, one after the other.</summary>
internal sealed class BenchmarkRun(Scale scale, string folder, string memory, PostgreSqlServer postgres)
{
    private const int BatchSize = 64;
    private const int WarmUpWindows = 1;

    private readonly RunResults _results = new();
    private int _databases;

    private int PostgreSql => postgres.Process.Id;

    public async Task<RunResults> RunAsync()
    {
        await MeasureLimitsAsync();
        var market = new Market(Scale.Channels);
        await MeasureAsync(RowNames.Rules, BatchSize, new RulesOnly(market).HandIn, new CpuClock([], null), market, 100);
        await MeasureActorsAsync(Journal.Memory(NewMemoryFolder()), null, 40);
        await MeasureActorsAsync(Journal.Sqlite(NewFolder()), null, 12);
        await MeasureActorsAsync(Journal.PostgreSql(await NewDatabaseAsync()), PostgreSql, 20);
        foreach (var (size, windows) in ((int, int)[])[(1, 6), (64, 30), (256, 40)])
            await MeasureGrpcAsync(Journal.InMemory, NewMemoryFolder(), null, size, windows);
        foreach (var (size, windows) in ((int, int)[])[(1, 4), (64, 10), (256, 12)])
            await MeasureGrpcAsync("SQLite", NewFolder(), null, size, windows);
        foreach (var (size, windows) in ((int, int)[])[(1, 6), (64, 16), (256, 20)])
            await MeasureGrpcAsync("PostgreSQL", await NewConnectionFileAsync(), PostgreSql, size, windows);
        foreach (var (size, windows) in ((int, int)[])[(64, 16), (256, 20)])
            await MeasureGrpcAsync("PostgreSQL", await NewConnectionFileAsync(), PostgreSql, size, windows, nodes: 3);
        await MeasureChannelsAsync();
        return _results;
    }

    private async Task MeasureLimitsAsync()
    {
        Say("limits of curve and stores");
        _results.Limits.AddRange(CurveLimits.Measure(scale.Operations));
        _results.Limits.AddRange(StoreLimits.MeasureSqlite(NewFolder(), scale.Transactions));
        _results.Limits.AddRange(StoreLimits.MeasurePostgreSql(await NewDatabaseAsync(), scale.Transactions));
    }

    private async Task MeasureActorsAsync(Journal journal, int? database, int windows)
    {
        var market = new Market(Scale.Channels);
        await using var node = await LocalNode.StartAsync(journal);
        await node.DepositAsync(market.Payers.Select(payer => payer.Channel));
        await MeasureAsync(RowNames.Actors(journal.Name), BatchSize, node.HandInAsync, new CpuClock([], database), market, windows);
    }

    private async Task MeasureGrpcAsync(string kind, string where, int? database, int batchSize, int windows, int nodes = 1)
    {
        var market = new Market(Scale.Channels);
        await using var cluster = await RemoteCluster.StartAsync(kind, where, market, nodes);
        var cpu = new CpuClock(cluster.Ids, database);
        await MeasureAsync(RowNames.Grpc(kind, nodes), batchSize, cluster.HandInAsync, cpu, market, windows, cluster.Ids);
    }

    private async Task MeasureAsync(
        string name, int batchSize, HandIn handIn, CpuClock cpu, Market market, int windows, IReadOnlyList<int>? nodes = null)
    {
        var loop = new ClosedLoop(handIn, cpu);
        await loop.RunAsync(market, WarmUpWindows, batchSize);
        int? profiled = nodes is [var single] ? single : null;
        var before = profiled is { } first ? ThreadProfile.Read(first) : null;
        var measured = await loop.RunAsync(market, scale.Windows(windows), batchSize);
        _results.Rows.Add((name, batchSize, measured));
        if (before is not null && batchSize == BatchSize)
            _results.Profiles.Add((
                $"{name}, batches of {batchSize}", ThreadProfile.Between(before, ThreadProfile.Read(profiled!.Value)), measured.Promises));
        Say($"{name}, batches of {batchSize}: {measured.PerSecond:0} promises/s");
    }

    private async Task MeasureChannelsAsync()
    {
        var files = NewFolder();
        await MeasureChannelsAsync(Journal.Sqlite(files), Scale.Channels, null, () => SizeOf(files));
        foreach (var channels in (int[])[Scale.Channels, scale.ManyChannels])
        {
            var connectionString = await NewDatabaseAsync();
            await MeasureChannelsAsync(Journal.PostgreSql(connectionString), channels, PostgreSql, () => SizeOfDatabase(connectionString));
        }
    }

    private async Task MeasureChannelsAsync(Journal journal, int channels, int? database, Func<long> disk)
    {
        var empty = disk();
        var measured = await ManyChannels.MeasureAsync(journal, channels, database, () => disk() - empty);
        _results.Channels.Add(measured);
        Say($"{journal.Name}, {channels} channels: {measured.Cold.PerSecond:0} recovered/s");
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;

    private string NewMemoryFolder() => Directory.CreateDirectory(Path.Combine(memory, Guid.NewGuid().ToString("N"))).FullName;

    private Task<string> NewDatabaseAsync() => postgres.CreateDatabaseAsync($"benchmark_{_databases++}");

    private async Task<string> NewConnectionFileAsync()
    {
        var file = Path.Combine(NewFolder(), "connection");
        await File.WriteAllTextAsync(file, await NewDatabaseAsync());
        return file;
    }

    private static long SizeOf(string files) => new DirectoryInfo(files).EnumerateFiles().Sum(file => file.Length);

    private static long SizeOfDatabase(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)command.ExecuteScalar()!;
    }

    private static void Say(string line) => Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}");
}

using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>A transaction maker dies at any step of a job, and every job happens once.</summary>
public sealed class KilledMakerTests(MakerNetwork network, ITestOutputHelper output) : IClassFixture<MakerNetwork>
{
    // Taken, ordered, known in the lane, known in the book.
    private const int EventsPerJob = 4;

    private static readonly Amount Enough = new(1_000_000_000);

    // Two in every test; where there is time, after each event, and with none of them stored.
    private static readonly int Kills = (int)Math.Min(EventsPerJob + 1, TestEffort.Of(2));

    [Fact]
    public async Task Killing_it_at_any_step_sends_every_job_once()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            using var consumer = PrivateKey.Generate();
            await network.TopUpAsync(consumer.Address, DemoScale.RegistrationFee + Enough);
            var stored = CountEvents();
            // Spread over the steps where there is time for a few of them only.
            var step = Kills > EventsPerJob ? kill : 1 + (kill * 2);
            var job = network.Client.RegisterAsync(consumer, Enough);
            await network.HoldsAsync($"event {step} is stored", () => Task.FromResult(CountEvents() >= stored + step || job.IsCompleted));
            await network.KillAsync();
            output.WriteLine($"Killed after event {CountEvents() - stored} of a job.");
            await network.StartAsync();
            var report = await job.WaitAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(JobState.Confirmed, report.State);
            Assert.True(await network.IsRegisteredAsync(consumer.Address));
        }
        // No job became two transactions, and none was sent beside the lane.
        Assert.Equal((ulong)(await network.Lane.ReadAsync()).OfType<LaneEvent.Placed>().Count(), await network.CountSentAsync());
        Assert.Equal((ulong)Kills, await network.CountSentAsync());
    }

    private long CountEvents()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(network.Folder.File("maker-journal"), "journal.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM journal WHERE persistence_id LIKE 'lane-%' OR persistence_id LIKE 'maker-%'";
        return (long)command.ExecuteScalar()!;
    }
}

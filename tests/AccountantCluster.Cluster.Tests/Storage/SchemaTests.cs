using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The scripts of <c>deploy/schema</c> make the tables that a node would make, and a node runs on them.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Stores => ["SQLite", "PostgreSQL"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_script_makes_what_the_node_would_make(string kind)
    {
        await using var own = await StartAsync(kind);
        await using (await ClusterUnderTest.StartAsync(own.Options, new NodeOptions()))
        {
            await Eventually.BecomesAsync(own.DescribeAsync, tables => tables.Any(table => table.Contains("snapshot_created_idx")));
            if (kind == "PostgreSQL")
                await Eventually.BecomesAsync(own.DescribeAsync, tables => tables.Any(table => table.Contains("cluster_member")));
        }
        await using var scripted = await StartAsync(kind);
        await scripted.RunScriptAsync();

        var (made, actual) = (await own.DescribeAsync(), await scripted.DescribeAsync());
        Assert.Contains(made, line => line.Contains("journal_uq", StringComparison.Ordinal));
        Assert.True(made.SequenceEqual(actual), $"The node makes:\n{string.Join('\n', made)}\n\nThe script:\n{string.Join('\n', actual)}");
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_node_that_may_not_make_tables_runs_on_those_of_the_script(string kind)
    {
        var (provider, consumer) = (new TestProvider(), new TestConsumer());
        await using var store = await StartAsync(kind);
        await store.RunScriptAsync();
        var before = await store.DescribeAsync();
        var options = store.Options with { CreatesTables = false };

        for (uint window = 0; window < 2; window++)
        {
            await using var cluster = await ClusterUnderTest.StartAsync(options, new NodeOptions());
            await cluster.DepositAsync(consumer, 1_000);
            for (uint payment = 0; payment < 30; payment++)
            {
                var total = (window * 30) + payment + 1;
                var answer = await cluster.ExchangeAsync(
                    provider.Batch(consumer.Promise(total, provider.Hashlock(total), provider, total)));
                Assert.Equal(RejectionReason.None, answer.Promises[0].Reason);
            }
        }
        Assert.Equal(before, await store.DescribeAsync());
    }

    [Fact]
    public async Task A_node_that_may_not_make_tables_makes_none()
    {
        await using var store = await StartAsync("SQLite");
        await using var cluster = await ClusterUnderTest.StartAsync(store.Options with { CreatesTables = false }, new NodeOptions());

        Assert.Null(await cluster.Exchange.GetConsumerAsync(new TestConsumer().Channel, TimeSpan.FromSeconds(3), default));
        Assert.Empty(await store.DescribeAsync());
    }

    private static async Task<IStore> StartAsync(string kind) =>
        kind == "SQLite" ? new SqliteStore() : await PostgreSqlStore.StartAsync();
}

using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Two writers of one channel: the table does not take a number twice, and rows that got there all the same are refused, all of them. The
/// default would discard one writer's events in silence.
/// </summary>
public sealed class DuplicateRowsTests : IDisposable
{
    private const string Columns = "created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier";

    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();
    private readonly StoreFiles _files;

    public DuplicateRowsTests() => _files = new StoreFiles(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_table_takes_no_number_of_a_channel_twice()
    {
        await PayThreeTimesAsync();

        var refused = Assert.Throws<SqliteException>(() => _files.Execute(Copy("writer_uuid")));

        Assert.Contains("UNIQUE constraint failed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("writer_uuid")]
    [InlineData("'another node'")]
    public async Task Rows_that_got_there_twice_stop_the_channel_and_stay(string writer)
    {
        await PayThreeTimesAsync();
        _files.Execute("DROP INDEX journal_uq");
        _files.Execute(Copy(writer));
        var rows = _files.Read("journal", StoreFiles.PersistenceIdOf(_consumer)).Count;

        // As an operator would find it who made the table himself and forgot the index: the plugin cannot make it any more.
        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path, "akka.persistence.journal.sql.auto-initialize = off");
        var answer = await PayAsync(restarted, 4, Impatience);

        Assert.Equal(RejectionReason.OutcomeUnknown, answer.Promises[0].Reason);
        Assert.Null(answer.Promise);
        Assert.Null(await restarted.Exchange.GetConsumerAsync(_consumer.Channel, Impatience, default));
        Assert.Equal(rows, _files.Read("journal", StoreFiles.PersistenceIdOf(_consumer)).Count);
    }

    private async Task PayThreeTimesAsync()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await cluster.DepositAsync(_consumer, 1_000);
        for (uint total = 1; total <= 3; total++)
            Assert.Equal(RejectionReason.None, (await PayAsync(cluster, total, Accountant.Deadline)).Promises[0].Reason);
        await cluster.CrashAsync();
    }

    private Task<ExchangeAnswer> PayAsync(ClusterUnderTest cluster, uint total, TimeSpan deadline) => cluster.Exchange.ExchangeAsync(
        _provider.Batch(_consumer.Promise(total, _provider.Hashlock(0), _provider, total)), deadline, default);

    // The third event once more, from the same writer or from another.
    private string Copy(string writer) =>
        $"INSERT INTO journal ({Columns}, writer_uuid) SELECT {Columns}, {writer} FROM journal "
        + $"WHERE sequence_number = 3 AND persistence_id = '{StoreFiles.PersistenceIdOf(_consumer)}'";
}

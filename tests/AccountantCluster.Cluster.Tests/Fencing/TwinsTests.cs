using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Npgsql;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Two nodes over one PostgreSQL that know nothing of each other: every channel lives twice, and each of the two believes what it knew when
/// it woke. The journal takes one of them at a time, whatever they are asked.
/// </summary>
public sealed class TwinsTests : IAsyncLifetime, IDisposable
{
    private const string Talkative = "akka.loglevel = WARNING";

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _first = new();
    private readonly TestProvider _second = new();
    private PostgreSqlStore _store = null!;
    private ClusterUnderTest _one = null!;
    private ClusterUnderTest _other = null!;

    public async Task InitializeAsync()
    {
        _store = await PostgreSqlStore.StartAsync();
        _one = await ClusterUnderTest.StartTwinAsync(_store.Options, _folder.Path, Talkative);
        _other = await ClusterUnderTest.StartTwinAsync(_store.Options, _folder.Path, Talkative);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _store.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_promises_for_the_same_money_are_not_both_accepted_whoever_is_asked()
    {
        var consumers = await ConsumersThatLiveTwiceAsync(8);
        var batches = new[] { _first, _second }.Select(provider => provider.Batch(
            [.. consumers.Select(consumer => consumer.Promise(800, provider.Hashlock(0), provider, total: 800))])).ToArray();

        var answers = await Task.WhenAll(_one.ExchangeAsync(batches[0]), _other.ExchangeAsync(batches[1]));
        // The same questions again, to the other one.
        var again = await Task.WhenAll(_other.ExchangeAsync(batches[0]), _one.ExchangeAsync(batches[1]));

        for (var place = 0; place < consumers.Count; place++)
        {
            var accepted = answers.Select(answer => IsAccepted(answer.Promises[place])).ToArray();
            Assert.Single(accepted, isAccepted => isAccepted);
            Assert.Equal(accepted, again.Select(answer => IsAccepted(answer.Promises[place])));
            Assert.All(answers.Concat(again).Select(answer => answer.Promises[place]).Where(outcome => !IsAccepted(outcome)),
                outcome => Assert.Equal(RejectionReason.Overspend, outcome.Reason));
            Assert.Equal(new Amount(800), (await StoredAsync(consumers[place])).Credited);
        }
        var promised = await Task.WhenAll(StoredAsync(_first), StoredAsync(_second));
        Assert.Equal(new Amount(8 * 800), promised[0].Gross + promised[1].Gross);
        foreach (var (answer, repeated) in answers.Zip(again)) Assert.Equal(answer.Promise, repeated.Promise);
    }

    [Fact]
    public async Task One_promise_handed_in_to_both_counts_once_and_is_signed_alike()
    {
        var consumers = await ConsumersThatLiveTwiceAsync(8);
        foreach (var node in new[] { _one, _other }) await node.DescribeAsync(_first);

        // Each of them hears of every window; each time only one of them can be the first to write.
        for (uint window = 0; window < 3; window++)
        {
            var total = 100 * (window + 1);
            var batch = _first.Batch(
                [.. consumers.Select(consumer => consumer.Promise(total, _first.Hashlock(window), _first, total))]);
            var answers = await Task.WhenAll(_one.ExchangeAsync(batch), _other.ExchangeAsync(batch));

            Assert.All(answers.SelectMany(answer => answer.Promises), outcome => Assert.True(IsAccepted(outcome), $"{outcome.Reason}"));
            Assert.All(answers, answer => Assert.True(_first.Accepts(answer.Promise!.Value)));
            Assert.Equal(answers[0].Promise, answers[1].Promise);
            Assert.Equal(new Amount(8 * total * 9_750 / 10_000), answers[0].Promise!.Value.Promise.Amount);
        }
        foreach (var consumer in consumers) Assert.Equal(new Amount(300), (await StoredAsync(consumer)).Credited);
        Assert.Equal(new Amount(8 * 300), (await StoredAsync(_first)).Gross);
    }

    [Fact]
    public async Task A_channel_that_goes_to_and_fro_is_found_by_a_third()
    {
        var consumers = await ConsumersThatLiveTwiceAsync(2);
        for (uint window = 0; window < 4; window++)
        {
            var total = 10 * (window + 1);
            var node = window % 2 == 0 ? _one : _other;
            var answer = await node.ExchangeAsync(_first.Batch(
                [.. consumers.Select(consumer => consumer.Promise(total, _first.Hashlock(window), _first, total))]));
            Assert.All(answer.Promises, outcome => Assert.Equal(RejectionReason.None, outcome.Reason));
        }

        await using var third = await ClusterUnderTest.StartTwinAsync(_store.Options, _folder.Path);
        foreach (var consumer in consumers) Assert.Equal(new Amount(40), (await third.DescribeAsync(consumer)).Credited);
        Assert.Equal(new Amount(80), (await third.DescribeAsync(_first)).Gross);
    }

    [Fact]
    public async Task One_that_slept_until_its_next_numbers_were_forgotten_cannot_write_them_again()
    {
        var consumer = (await ConsumersThatLiveTwiceAsync(1))[0];
        for (uint batch = 0; batch < 3; batch++)
        {
            var promises = Enumerable.Range(1, 30).Select(number => (UInt128)(10 * ((30 * batch) + number)))
                .Select(total => consumer.Promise(total, _first.Hashlock(0), _first, total));
            await _one.ExchangeAsync(_first.Batch([.. promises]));
        }
        // Two snapshots later the events before the first are gone, and the number that the other would write is free.
        await Eventually.BecomesAsync(() => LowestAsync(consumer), lowest => lowest > 2);

        var answer = await _other.ExchangeAsync(_second.Batch(consumer.Promise(800, _second.Hashlock(0), _second, total: 800)));

        Assert.Equal(RejectionReason.Overspend, answer.Promises[0].Reason);
        Assert.Equal(Amount.Zero, (await _other.DescribeAsync(_second)).Gross);
        await using var third = await ClusterUnderTest.StartTwinAsync(_store.Options, _folder.Path);
        Assert.Equal(new Amount(900), (await third.DescribeAsync(consumer)).Credited);
    }

    [Fact]
    public async Task One_that_is_fenced_takes_no_other_channel_with_it()
    {
        var old = (await ConsumersThatLiveTwiceAsync(1))[0];
        await _one.ExchangeAsync(_first.Batch(old.Promise(800, _first.Hashlock(0), _first, total: 800)));
        var others = Enumerable.Range(0, 400).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(others.Select(consumer => _other.DepositAsync(consumer, 1_000)));
        await _other.DescribeAsync(_second);
        var log = await LogLines.OfAsync(_other.System);

        var promises = others.Select(consumer => consumer.Promise(1, _second.Hashlock(0), _second, total: 1)).ToList();
        promises.Insert(200, old.Promise(800, _second.Hashlock(0), _second, total: 800));
        var answer = await _other.ExchangeAsync(_second.Batch([.. promises]));

        Assert.Equal(RejectionReason.Overspend, answer.Promises[200].Reason);
        Assert.Equal(400, answer.Promises.Count(outcome => outcome.Reason == RejectionReason.None));
        Assert.Equal(new Amount(400 * 9_750 / 10_000), answer.Promised);
        Assert.Single(log.Fenced);
        Assert.Empty(log.Errors);
        Assert.Equal(new Amount(800), (await StoredAsync(old)).Credited);
    }

    private static bool IsAccepted(PromiseOutcome outcome) => outcome.Reason is RejectionReason.None or RejectionReason.AlreadyCovered;

    // Awake on both, with a deposit of 1,000 that both know.
    private async Task<IReadOnlyList<TestConsumer>> ConsumersThatLiveTwiceAsync(int count)
    {
        var consumers = Enumerable.Range(0, count).Select(_ => new TestConsumer()).ToList();
        await Task.WhenAll(consumers.Select(consumer => _one.DepositAsync(consumer, 1_000)));
        foreach (var overview in await Task.WhenAll(consumers.Select(_other.DescribeAsync)))
            Assert.Equal(new Amount(1_000), overview.Deposited);
        return consumers;
    }

    private async Task<ConsumerChannelState> StoredAsync(TestConsumer consumer)
    {
        var state = await StoredAsync<ConsumerChannelState, ConsumerChannelEvent>(
            StoreFiles.PersistenceIdOf(consumer),
            ConsumerChannelState.Empty,
            ConsumerChannel.Apply,
            (before, after) => [.. ConsumerChannelInvariants.CheckStep(before, after), .. ConsumerChannelInvariants.Check(after)]);
        Assert.True(state.Promised <= state.Deposited);
        return state;
    }

    // Totals never fall, among others.
    private Task<ProviderChannelState> StoredAsync(TestProvider provider) => StoredAsync<ProviderChannelState, ProviderChannelEvent>(
        StoreFiles.PersistenceIdOf(provider),
        ProviderChannelState.Empty,
        ProviderChannel.Apply,
        (before, after) => [.. ProviderChannelInvariants.CheckStep(before, after), .. ProviderChannelInvariants.Check(after)]);

    // What the journal says of a channel, with nothing broken at any event.
    private async Task<TState> StoredAsync<TState, TEvent>(
        string persistenceId, TState empty, Func<TState, TEvent, TState> apply, Func<TState, TState, IEnumerable<object>> broken)
    {
        var state = empty;
        foreach (var @event in await EventsAsync(persistenceId))
        {
            var before = state;
            state = apply(state, (TEvent)@event);
            Assert.Empty(broken(before, state));
        }
        return state;
    }

    private async Task<IReadOnlyList<object>> EventsAsync(string persistenceId)
    {
        await using var connection = new NpgsqlConnection(_store.Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = $1 ORDER BY sequence_number", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = persistenceId });
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<object>();
        while (await reader.ReadAsync())
        {
            Assert.Equal(events.Count + 1, reader.GetInt64(0));
            events.Add(MessageFormats.Of(reader.GetString(1)).Read(reader.GetFieldValue<byte[]>(2)));
        }
        return events;
    }

    private async Task<long> LowestAsync(TestConsumer consumer)
    {
        await using var connection = new NpgsqlConnection(_store.Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT min(sequence_number) FROM journal WHERE persistence_id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = StoreFiles.PersistenceIdOf(consumer) });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

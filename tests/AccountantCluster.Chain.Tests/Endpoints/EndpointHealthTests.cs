namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>Who is left alone, for how long, and what is told of it.</summary>
public sealed class EndpointHealthTests
{
    private static readonly Func<string, object?, object?> Dead = (_, _) => throw new EthereumUnavailableException("away");
    private static readonly BlockReference Deep = BlockReference.At(SmallChain.Head - 10);

    private static readonly EndpointPoolOptions Options = new()
    {
        FirstRest = TimeSpan.FromSeconds(1),
        LongestRest = TimeSpan.FromSeconds(4),
    };

    private readonly HandClock _clock = new();
    private readonly RecordedConditions _told = new();

    [Fact]
    public async Task Rests_grow_to_their_limit_and_begin_anew_for_one_that_has_been_good()
    {
        var pool = Pool(3);
        pool[0].Lie = Dead;
        foreach (var rest in (int[])[1, 2, 4, 4])
        {
            Assert.True(await IsAskedAsync(pool, 0));
            Assert.False(await IsAskedAsync(pool, 0));
            _clock.Pass(TimeSpan.FromSeconds(rest - 0.5));
            Assert.False(await IsAskedAsync(pool, 0));
            _clock.Pass(TimeSpan.FromSeconds(0.5));
        }
        pool[0].Lie = null;
        Assert.True(await IsAskedAsync(pool, 0));
        _clock.Pass(Options.LongestRest);

        pool[0].Lie = Dead;
        Assert.True(await IsAskedAsync(pool, 0));
        _clock.Pass(Options.FirstRest);
        Assert.True(await IsAskedAsync(pool, 0));
    }

    [Fact]
    public async Task Many_requests_that_fail_at_once_are_one_trouble()
    {
        var pool = Pool(3);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pool[0].Before = () => release.Task;
        pool[0].Lie = Dead;
        var asking = Enumerable.Range(0, 10).Select(_ => pool.Pool.GetBlockAsync(Deep)).ToArray();
        release.SetResult();
        await Task.WhenAll(asking);
        pool[0].Before = null;

        _clock.Pass(Options.FirstRest);
        Assert.True(await IsAskedAsync(pool, 0));
    }

    [Fact]
    public async Task A_change_is_told_once_and_a_failure_each_time()
    {
        var pool = Pool(3);
        pool[1].Lie = Dead;
        for (var look = 0; look < 4; look++)
        {
            await pool.Pool.GetBlockAsync(Deep);
            _clock.Pass(Options.LongestRest);
        }
        Assert.Equal([("1", EndpointCondition.Unavailable)], _told.Changes);
        Assert.Equal(["1", "1", "1", "1"], _told.Failures);

        pool[1].Lie = null;
        await pool.Pool.GetBlockAsync(Deep);
        await pool.Pool.GetBlockAsync(Deep);
        Assert.Equal([("1", EndpointCondition.Unavailable), ("1", EndpointCondition.Good)], _told.Changes);
    }

    [Fact]
    public async Task Whoever_is_outvoted_rests_and_is_named_until_it_has_been_honest_for_a_while()
    {
        var pool = Pool(3);
        pool[0].Lie = (_, truth) => truth is Block block ? block with { Timestamp = 7 } : truth;
        for (var look = 0; look < 3; look++)
        {
            Assert.Equal(1_030UL, (await pool.Pool.GetBlockAsync(Deep))?.Timestamp);
            _clock.Pass(Options.LongestRest);
        }
        Assert.Equal([("0", EndpointCondition.Disagreeing)], _told.Changes);
        Assert.Equal(["0", "0", "0"], _told.Disagreements);

        pool[0].Lie = null;
        await pool.Pool.GetBlockAsync(Deep);
        Assert.Single(_told.Changes);
        _clock.Pass(Options.LongestRest);
        await pool.Pool.GetBlockAsync(Deep);
        Assert.Equal(("0", EndpointCondition.Good), _told.Changes[^1]);
    }

    [Fact]
    public async Task Where_nobody_knows_who_is_wrong_both_are_named_and_none_rests()
    {
        var pool = Pool(2);
        pool[1].Lie = (_, truth) => truth is Block block ? block with { Timestamp = 7 } : truth;
        for (var look = 0; look < 3; look++)
            await Assert.ThrowsAsync<EndpointsDisagreeException>(() => pool.Pool.GetBlockAsync(Deep));

        Assert.Equal([("0", EndpointCondition.Disagreeing), ("1", EndpointCondition.Disagreeing)], _told.Changes.Order());
        Assert.Equal(6, _told.Disagreements.Count);
        pool[1].Lie = null;
        Assert.NotNull(await pool.Pool.GetBlockAsync(Deep));
    }

    [Fact]
    public async Task One_that_is_behind_is_no_liar_and_is_asked_last()
    {
        var pool = Pool(3);
        pool[0].Behind = 20;
        await pool.Pool.GetBlockNumberAsync();
        Assert.Equal([("0", 20UL), ("1", 0UL), ("2", 0UL)], _told.Lags.Select(one => (one.Key, one.Value)).Order());
        Assert.Equal([("0", EndpointCondition.Lagging)], _told.Changes);

        Assert.False(await IsAskedAsync(pool, 0));
        Assert.NotNull(await pool.Pool.GetTransactionReceiptAsync(SmallChain.TransactionHash(SmallChain.Head - 10)));
        Assert.Empty(_told.Disagreements);

        pool[0].Behind = 0;
        await pool.Pool.GetBlockNumberAsync();
        Assert.Equal([("0", EndpointCondition.Lagging), ("0", EndpointCondition.Good)], _told.Changes);
        Assert.True(await IsAskedAsync(pool, 0));
    }

    [Fact]
    public async Task Where_so_many_stand_still_that_nothing_new_counts_the_one_that_goes_on_is_named()
    {
        var pool = Pool(2);
        pool[0].Behind = 20;

        Assert.Equal(SmallChain.Head - 20, await pool.Pool.GetBlockNumberAsync());

        Assert.Equal([("1", EndpointCondition.Disagreeing)], _told.Changes);
    }

    [Fact]
    public async Task One_that_has_no_excuse_for_knowing_nothing_disagrees()
    {
        var pool = Pool(3);
        pool[0].Lie = (method, truth) => method == nameof(IEthereumClient.GetTransactionReceiptAsync) ? null : truth;
        await pool.Pool.GetBlockNumberAsync();

        Assert.NotNull(await pool.Pool.GetTransactionReceiptAsync(SmallChain.TransactionHash(SmallChain.Head - 1)));
        Assert.Empty(_told.Disagreements);
        Assert.NotNull(await pool.Pool.GetTransactionReceiptAsync(SmallChain.TransactionHash(SmallChain.Head - 10)));
        Assert.Equal(["0"], _told.Disagreements);
    }

    [Fact]
    public async Task One_that_refuses_what_others_tell_rests()
    {
        var pool = Pool(3);
        pool[0].Lie = (_, _) => throw new RpcException(-32_005, "too many requests");
        await pool.Pool.GetBlockAsync(Deep);

        Assert.Equal(["0"], _told.Failures);
        Assert.False(await IsAskedAsync(pool, 0));
    }

    [Fact]
    public async Task Who_hides_logs_and_who_invents_them_is_named()
    {
        var pool = Pool(4);
        pool[1].Lie = (_, truth) => truth is IReadOnlyList<LogEntry> logs ? logs.Skip(1).ToList() : truth;
        pool[2].Lie = (_, truth) => truth is IReadOnlyList<LogEntry> logs
            ? (IReadOnlyList<LogEntry>)[.. logs, SmallChain.Log(12) with { Index = 5 }]
            : truth;

        var logs = await pool.Pool.GetLogsAsync(new LogFilter(10, 14, [], []));

        Assert.Equal([10UL, 11, 12, 13, 14], logs.Select(log => log.BlockNumber));
        Assert.Equal(["1", "2"], _told.Disagreements.Order());
    }

    [Fact]
    public async Task A_new_observer_hears_what_is_wrong()
    {
        var pool = Pool(3);
        pool[2].Lie = Dead;
        await pool.Pool.GetBlockNumberAsync();

        var late = new RecordedConditions();
        pool.Pool.Observe(late);

        Assert.Equal([("2", EndpointCondition.Unavailable)], late.Changes);
    }

    private PoolUnderTest Pool(int endpoints)
    {
        var pool = new PoolUnderTest(endpoints, Options, _clock);
        pool.Pool.Observe(_told);
        return pool;
    }

    private static async Task<bool> IsAskedAsync(PoolUnderTest pool, int index)
    {
        var before = pool[index].Asked;
        await pool.Pool.GetBlockAsync(Deep);
        return pool[index].Asked > before;
    }
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>What a pool makes of what its endpoints say.</summary>
public sealed class EndpointPoolTests
{
    private static readonly Func<string, object?, object?> Dead = (_, _) => throw new EthereumUnavailableException("away");
    private static readonly BlockReference Deep = BlockReference.At(SmallChain.Head - 10);
    private static readonly Bytes32 DeepTransaction = SmallChain.TransactionHash(SmallChain.Head - 10);

    public static TheoryData<int, int, int> OneMayBeDead
    {
        get
        {
            var rows = new TheoryData<int, int, int>();
            foreach (var (count, agreement) in ((int, int)[])[(2, 1), (3, 1), (3, 2), (4, 3)])
            {
                for (var dead = 0; dead < count; dead++) rows.Add(count, agreement, dead);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(OneMayBeDead))]
    public async Task Nobody_misses_a_dead_one(int count, int agreement, int dead)
    {
        var pool = new PoolUnderTest(count, new EndpointPoolOptions { Agreement = agreement });
        pool[dead].Lie = Dead;

        foreach (var (name, ask) in PoolUnderTest.Questions(10))
            Assert.Equal((name, await PoolUnderTest.TruthAsync(ask)), (name, await ask(pool.Pool)));
        Assert.Equal(SmallChain.Head, await pool.Pool.GetBlockNumberAsync());
        Assert.Equal(new FeeSuggestion(7, 1), await pool.Pool.GetFeeSuggestionAsync());
        Assert.Equal(21_000UL, await pool.Pool.EstimateGasAsync(default, new TransactionRequest(SmallChain.Contract, default)));
        Assert.True(await pool.Pool.KnowsTransactionAsync(DeepTransaction));
    }

    [Fact]
    public async Task Where_two_must_say_the_same_one_is_not_enough()
    {
        var pool = new PoolUnderTest(2);
        pool[1].Lie = Dead;

        foreach (var (_, ask) in PoolUnderTest.Questions(10))
            await Assert.ThrowsAsync<EthereumUnavailableException>(() => ask(pool.Pool));
        await Assert.ThrowsAsync<EthereumUnavailableException>(() => pool.Pool.GetBlockNumberAsync());
    }

    [Fact]
    public async Task Only_as_many_are_asked_as_must_say_the_same()
    {
        var pool = new PoolUnderTest(3);

        foreach (var (name, ask) in PoolUnderTest.Questions(10).Where(question => question.Name != "logs")) await ask(pool.Pool);

        Assert.Equal(0, pool[2].Asked);
        Assert.NotEqual(0, pool[1].Asked);
    }

    [Fact]
    public async Task One_that_hangs_keeps_nobody()
    {
        var pool = new PoolUnderTest(3, new EndpointPoolOptions { Patience = TimeSpan.FromMilliseconds(20) });
        pool[0].Hangs = true;

        foreach (var (name, ask) in PoolUnderTest.Questions(10))
            Assert.Equal((name, await PoolUnderTest.TruthAsync(ask)), (name, await ask(pool.Pool)));
        Assert.Equal(SmallChain.Head, await pool.Pool.GetBlockNumberAsync());
        Assert.Equal(new FeeSuggestion(7, 1), await pool.Pool.GetFeeSuggestionAsync());
        // It is asked first while it may answer, and last once it has kept somebody waiting.
        var asked = pool[0].Asked;
        await pool.Pool.GetBlockAsync(Deep);
        Assert.Equal(asked, pool[0].Asked);
    }

    [Theory]
    [InlineData(40, 40, 40, 40)]
    [InlineData(40, 40, 7, 40)]
    [InlineData(40, 39, 38, 39)]
    [InlineData(40, 1_000_000, 40, 40)]
    public async Task The_head_is_the_newest_that_enough_have(ulong first, ulong second, ulong third, ulong expected)
    {
        var pool = new PoolUnderTest(3);
        ulong[] heads = [first, second, third];
        for (var index = 0; index < heads.Length; index++)
        {
            var head = heads[index];
            pool[index].Lie = (method, truth) => method == nameof(IEthereumClient.GetBlockNumberAsync) ? head : truth;
        }

        Assert.Equal(expected, await pool.Pool.GetBlockNumberAsync());
    }

    [Fact]
    public async Task The_newest_block_is_one_that_enough_have()
    {
        var pool = new PoolUnderTest(3);
        (pool[0].Behind, pool[2].Behind) = (0, 2);
        pool[1].Behind = 1;

        Assert.Equal(SmallChain.Head - 1, (await pool.Pool.GetBlockAsync(BlockReference.Latest))?.Number);
        var call = new ContractCall(SmallChain.Contract, new byte[] { 1 });
        Assert.Equal(
            (await new ToldEndpoint { Behind = 1 }.CallAsync(call, BlockReference.Latest)).ToArray(),
            (await pool.Pool.CallAsync(call, BlockReference.Latest)).ToArray());
    }

    [Fact]
    public async Task Something_that_enough_know_wins_over_nothing_and_nothing_needs_enough_too()
    {
        var late = new PoolUnderTest(3);
        late[0].Behind = 20;
        Assert.NotNull(await late.Pool.GetTransactionReceiptAsync(DeepTransaction));
        Assert.NotNull(await late.Pool.GetBlockAsync(Deep));

        late[1].Behind = 20;
        Assert.Null(await late.Pool.GetTransactionReceiptAsync(DeepTransaction));
        Assert.Null(await late.Pool.GetBlockAsync(Deep));

        var two = new PoolUnderTest(2);
        two[0].Behind = 20;
        await Assert.ThrowsAsync<EndpointsDisagreeException>(() => two.Pool.GetTransactionReceiptAsync(DeepTransaction));

        // Two say that there is nothing, and two of four do not: who is behind is the less.
        var four = new PoolUnderTest(4);
        (four[0].Behind, four[1].Behind) = (20, 20);
        Assert.NotNull(await four.Pool.GetTransactionReceiptAsync(DeepTransaction));
    }

    [Fact]
    public async Task One_that_is_known_to_be_behind_has_no_say_in_what_is_not_there()
    {
        var pool = new PoolUnderTest(3);
        pool[0].Behind = 20;
        pool[1].Lie = (method, truth) => method == nameof(IEthereumClient.GetTransactionReceiptAsync) ? null : truth;
        await pool.Pool.GetBlockNumberAsync();

        await Assert.ThrowsAnyAsync<EthereumException>(() => pool.Pool.GetTransactionReceiptAsync(DeepTransaction));
        // Of what nobody has, two know that it is not there.
        Assert.Null(await pool.Pool.GetTransactionReceiptAsync(default));
    }

    [Fact]
    public async Task What_nobody_can_tell_is_refused_as_the_node_refuses_it()
    {
        var pool = new PoolUnderTest(3);
        var gone = BlockReference.At(Keccak256.Hash("gone"u8));

        var problem = await Assert.ThrowsAsync<RpcException>(
            () => pool.Pool.CallAsync(new ContractCall(SmallChain.Contract, default), gone));
        Assert.Equal(-32_000, problem.Code);
    }

    [Fact]
    public async Task A_range_of_logs_that_is_too_long_is_refused_so_that_it_is_halved()
    {
        var pool = new PoolUnderTest(2);
        pool[1].Lie = (method, truth) => method == nameof(IEthereumClient.GetLogsAsync) && ((IReadOnlyList<LogEntry>)truth!).Count > 4
            ? throw new RpcException(-32_005, "query returned more than 4 results")
            : truth;
        var filter = new LogFilter(1, 20, [], []);

        await Assert.ThrowsAsync<RpcException>(() => pool.Pool.GetLogsAsync(filter));
        Assert.Equal(4, (await pool.Pool.GetLogsAsync(filter with { ToBlock = 4 })).Count);
    }

    [Fact]
    public async Task More_invented_logs_than_can_be_looked_into_are_not_believed_and_rest()
    {
        var pool = new PoolUnderTest(3, new EndpointPoolOptions { MaxDisputedLogs = 5, FirstRest = TimeSpan.FromMinutes(1) });
        var filter = new LogFilter(1, 20, [], []);
        pool[0].Lie = (method, truth) => method == nameof(IEthereumClient.GetLogsAsync)
            ? ((IReadOnlyList<LogEntry>)truth!).Select(log => log with { Data = new byte[] { 99 } }).ToList()
            : truth;

        await Assert.ThrowsAsync<EndpointsDisagreeException>(() => pool.Pool.GetLogsAsync(filter));
        Assert.Equal(20, (await pool.Pool.GetLogsAsync(filter)).Count);
    }

    [Fact]
    public async Task A_simulated_revert_is_the_first_ones_word()
    {
        var pool = new PoolUnderTest(2);
        pool[0].Lie = Dead;
        var request = new TransactionRequest(SmallChain.Reverting, new byte[] { 5 });

        var revert = await Assert.ThrowsAsync<ContractRevertedException>(
            () => pool.Pool.SimulateAsync(default, request, BlockReference.Pending));
        Assert.Equal(new byte[] { 5 }, revert.RevertData.ToArray());
    }

    [Fact]
    public async Task A_transaction_is_handed_to_all_and_taken_where_one_takes_it()
    {
        var pool = new PoolUnderTest(3);
        pool[0].Lie = (_, _) => throw new RpcException(-32_000, "already known");
        pool[1].Lie = (_, _) => Keccak256.Hash("another"u8);
        byte[] raw = [2, 1];

        Assert.Equal(Keccak256.Hash(raw), await pool.Pool.SendRawTransactionAsync(raw));
        Assert.All(pool.Endpoints, endpoint => Assert.Equal(1, endpoint.Asked));
    }

    [Fact]
    public async Task A_transaction_is_refused_only_where_all_refuse_it()
    {
        var pool = new PoolUnderTest(2);
        foreach (var endpoint in pool.Endpoints) endpoint.Lie = (_, _) => throw new RpcException(-32_000, "nonce too low");
        await Assert.ThrowsAsync<RpcException>(() => pool.Pool.SendRawTransactionAsync(new byte[] { 2 }));

        // One that does not answer may have taken it.
        pool[1].Lie = Dead;
        await Assert.ThrowsAsync<EthereumUnavailableException>(() => pool.Pool.SendRawTransactionAsync(new byte[] { 2 }));
    }

    [Fact]
    public async Task One_alone_cannot_make_a_sender_leave_out_a_nonce()
    {
        var pool = new PoolUnderTest(3);
        pool[0].Lie = (method, truth) => method == nameof(IEthereumClient.GetTransactionCountAsync) ? 1_000UL : truth;

        Assert.Equal(
            SmallChain.Head + 2, await pool.Pool.GetTransactionCountAsync(PoolUnderTest.Somebody, BlockReference.Pending));
    }

    [Fact]
    public async Task A_transaction_is_known_where_anybody_knows_it()
    {
        var pool = new PoolUnderTest(3);
        (pool[0].Behind, pool[1].Behind) = (20, 20);

        Assert.True(await pool.Pool.KnowsTransactionAsync(DeepTransaction));
        Assert.False(await pool.Pool.KnowsTransactionAsync(default));
    }

    [Fact]
    public async Task Whoever_waits_may_give_up()
    {
        var pool = new PoolUnderTest(2);
        pool[0].Hangs = true;
        using var limit = new CancellationTokenSource();
        var waiting = pool.Pool.GetBlockAsync(Deep, limit.Token);
        await limit.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_agreement_that_cannot_be_reached_is_refused(int agreement) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoolUnderTest(2, new EndpointPoolOptions { Agreement = agreement }));

    [Fact]
    public void No_endpoints_and_twins_are_refused()
    {
        var twin = new NamedEndpoint("twin", new ToldEndpoint());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EndpointPool([]));
        Assert.Throws<ArgumentException>(() => new EndpointPool([twin, twin]));
    }

    [Theory]
    [InlineData("https://user:secret@node.example/v3/secret?key=secret", "node.example:443")]
    [InlineData("http://127.0.0.1:8545/secret", "127.0.0.1:8545")]
    [InlineData("http://[::1]:8545", "[::1]:8545")]
    public void A_name_shows_host_and_port_and_no_key(string address, string expected) =>
        Assert.Equal(expected, NamedEndpoint.NameOf(new Uri(address)));
}

using AccountantCluster.Chain;
using AccountantCluster.Client.Statements;
using AccountantCluster.Client.Tests.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Statements;

/// <summary>Statements read from a real chain, with real contracts and every way in which they pay.</summary>
public sealed class StatementReaderTests(LocalChain chain) : IClassFixture<LocalChain>, IDisposable
{
    private readonly StatementScene _scene = new(chain);

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_provider_that_was_paid_in_every_way_gets_a_statement_that_adds_up()
    {
        await FillAsync(2_000);
        using var elsewhere = PrivateKey.Generate();
        var maker = chain.NewSender().Address;
        // By itself with a sender's fee, twice in one batch, by the operator's packed payment, and to somebody else.
        await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(300, feeTotal: 7, maker)));
        await chain.Sender.SendAsync(chain.Accountant.SettlePromises([_scene.Promise(400, feeTotal: 10, maker), _scene.Promise(500)]));
        using var operatorsSender = await chain.OperatorSenderAsync();
        await operatorsSender.SendAsync(chain.Accountant.PayProviders([new ProviderTotal(_scene.Provider, new Amount(620))]));
        await _scene.RedirectAsync(elsewhere.Address);
        var last = await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(1_000)));

        var statement = await _scene.Reader().ReadProviderAsync(_scene.Provider);

        Assert.Empty(ProviderReconciliation.Check(statement));
        ulong[][] lines = [[300, 300, 7, 300], [400, 100, 3, 400], [500, 100, 0, 500], [620, 120, 0, 620], [1_000, 380, 0, 1_000]];
        Assert.Equal(
            lines.Select(line => (new Amount(line[0]), new Amount(line[1]), new Amount(line[2]), new Amount(line[3]))),
            statement.Payments.Select(line => (line.Requested, line.Paid, line.Fee, line.Settled)));
        Assert.Equal((last.BlockNumber, last.TransactionHash), (statement.Payments[^1].At.Block, statement.Payments[^1].At.Transaction));
        Assert.Equal((new Amount(1_000), new Amount(10)), (statement.Closing.Settled, statement.Closing.FeesPaid));
        Assert.Equal(new Amount(990), ProviderReconciliation.Received(statement));
        Assert.Equal(new Amount(380), await chain.BalanceAsync(elsewhere.Address));
        Assert.Equal(new Amount(610), await chain.BalanceAsync(_scene.Provider));
    }

    [Fact]
    public async Task A_consumer_that_paid_and_left_gets_a_statement_that_adds_up()
    {
        await _scene.TopUpAsync(1_000);
        var registered = await _scene.RegisterAsync(loan: 50, fee: 3, chain.Sender.Address);
        await _scene.CollectAsync(200);
        await _scene.TopUpAsync(30);
        // More than is there: paid in part.
        await _scene.LeaveWithConsentAsync(700, nonce: 0);
        await _scene.CollectAsync(900);
        await _scene.TopUpAsync(11);
        await _scene.LeaveAsync(nonce: 1);

        var statement = await _scene.Reader().ReadConsumerAsync(_scene.Consumer);

        Assert.Empty(ConsumerReconciliation.Check(statement));
        var costs = LocalChain.RegistrationFee + 53;
        var rest = 1_030 - costs - 200 - 700;
        Assert.Equal(
            [(1_000, 0), (0, costs), (0, 200), (30, 0), (0, 700), (0, rest), (11, 0), (0, 11)],
            statement.Lines.Select(line => ((ulong)line.In.Units, (ulong)line.Out.Units)));
        Assert.Equal(
            new ConsumerLine.Registered(
                LinePlace.Of(registered.Log), new Amount(LocalChain.RegistrationFee), new Amount(50), new Amount(3)),
            statement.Lines[1]);
        Assert.Equal([true, false], statement.Lines.OfType<ConsumerLine.ExitPaid>().Select(exit => exit.WithConsent));
        Assert.Equal((Amount.Zero, new Amount(200 + rest)), (statement.Closing.Balance, statement.Closing.Settled));
        Assert.Equal(new ConsumerSums(1_041, costs, 200 + rest, 711), statement.Sums);
    }

    [Fact]
    public async Task A_statement_of_later_blocks_begins_with_the_totals_before_them()
    {
        await FillAsync(500);
        await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(100, feeTotal: 2, chain.Sender.Address)));
        var second = await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(150, feeTotal: 5, chain.Sender.Address)));
        await _scene.TopUpAsync(9);

        var provider = await _scene.Reader().ReadProviderAsync(_scene.Provider, fromBlock: second.BlockNumber);
        var consumer = await _scene.Reader().ReadConsumerAsync(_scene.Consumer, fromBlock: second.BlockNumber);
        var beforeAnything = await _scene.Reader().ReadProviderAsync(_scene.Provider, fromBlock: 1);

        Assert.Empty(ProviderReconciliation.Check(provider));
        Assert.Equal((new Amount(100), new Amount(2)), (provider.Opening.Settled, provider.Opening.FeesPaid));
        Assert.Equal((new Amount(50), new Amount(3)), (Assert.Single(provider.Payments).Paid, provider.Payments[0].Fee));
        Assert.Empty(ConsumerReconciliation.Check(consumer));
        Assert.Equal(new Amount(500), consumer.Opening.Settled);
        Assert.Equal(new Amount(9), Assert.IsType<ConsumerLine.Deposited>(Assert.Single(consumer.Lines)).Amount);
        Assert.Empty(ProviderReconciliation.Check(beforeAnything));
        Assert.Equal(2, beforeAnything.Payments.Length);
        var tooLate = await Assert.ThrowsAsync<StatementException>(
            () => _scene.Reader().ReadProviderAsync(_scene.Provider, fromBlock: 1_000_000));
        Assert.Contains("not confirmed", tooLate.Message);
    }

    [Fact]
    public async Task Too_many_lines_are_cut_after_a_whole_block_and_the_next_statement_goes_on()
    {
        await FillAsync(500);
        foreach (var total in (ulong[])[10, 20, 30, 40, 50])
            await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(total)));

        var (all, from) = (new List<ProviderPayment>(), 0UL);
        for (var isCut = true; isCut;)
        {
            var part = await _scene.Reader(lineLimit: 2).ReadProviderAsync(_scene.Provider, fromBlock: from);
            Assert.Empty(ProviderReconciliation.Check(part));
            Assert.InRange(part.Payments.Length, 1, 2);
            all.AddRange(part.Payments);
            (isCut, from) = (part.Span.IsCut, part.Span.ToBlock.Number + 1);
        }

        Assert.Equal((await _scene.Reader().ReadProviderAsync(_scene.Provider)).Payments, all);
        var consumer = await _scene.Reader(lineLimit: 1).ReadConsumerAsync(_scene.Consumer);
        Assert.True(consumer.Span.IsCut);
        Assert.IsType<ConsumerLine.Deposited>(Assert.Single(consumer.Lines));
        Assert.Empty(ConsumerReconciliation.Check(consumer));
    }

    [Fact]
    public async Task A_block_that_is_replaced_while_it_is_read_is_not_what_the_statement_is_of()
    {
        await FillAsync(500);
        await chain.Sender.SendAsync(chain.Accountant.SettlePromise(_scene.Promise(100)));
        await chain.Anvil.MineAsync(3);
        var before = (await chain.Client.GetBlockAsync(BlockReference.Latest))!;
        var replaced = 0;
        var unsettled = ChainWithNews.On(chain.Client, async () =>
        {
            if (replaced++ == 0) await chain.Anvil.ReorganiseAsync(2);
        });

        var statement = await new StatementReader(unsettled, chain.Profile, confirmations: 0).ReadProviderAsync(_scene.Provider);

        Assert.Empty(ProviderReconciliation.Check(statement));
        var there = (await chain.Client.GetBlockAsync(BlockReference.At(statement.Span.ToBlock.Number)))!;
        Assert.Equal(there.Hash, statement.Span.ToBlock.Hash);
        Assert.NotEqual(before.Hash, there.Hash);
        Assert.Equal(new Amount(100), Assert.Single(statement.Payments).Paid);
    }

    // Tokens that the accountant can pay with, out of the consumer's channel.
    private async Task FillAsync(ulong amount)
    {
        await _scene.TopUpAsync(amount + LocalChain.RegistrationFee);
        await _scene.RegisterAsync();
        await _scene.CollectAsync(amount);
    }
}

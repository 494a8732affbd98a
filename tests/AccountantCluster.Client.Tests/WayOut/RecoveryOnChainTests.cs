using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>A provider leaves an accountant that is gone, on a real chain, to the unit.</summary>
public sealed class RecoveryOnChainTests(LocalChain chain) : IClassFixture<LocalChain>, IDisposable
{
    // Three consumers promised 300, 200 and 100; the accountant's fee is 2 %.
    private const ulong Loan = 300;
    private const ulong Public = 392;
    private const ulong Promised = 588;

    private static readonly RecoveryOptions Leaving = new() { ReturnLoan = true };

    private readonly WayOutScene _scene = new(chain);

    public void Dispose() => _scene.Dispose();

    [Theory]
    // With a loan the balance pays first, and is refilled from what the accountant has, its stake included; without one only rows pay.
    [InlineData(Loan)]
    [InlineData(0)]
    public async Task Everything_comes_back_in_as_many_transactions_as_it_takes_loan_and_all(ulong loan)
    {
        var evidence = await EvidenceAsync(loan: loan);
        var recovery = _scene.Recovery(evidence);
        var preview = await recovery.PreviewAsync(_scene.Provider, Leaving);
        Assert.Equal((new Amount(Promised), new Amount(loan)), (preview.Unsettled, preview.Loan));
        Assert.Empty(preview.Transactions);

        var report = await recovery.RunAsync(_scene.Provider, Leaving with { RowsPerTransaction = 1 });
        Assert.Empty(report.Open);
        Assert.Empty(report.FailedRows);
        Assert.Equal((new Amount(Promised), new Amount(loan)), (report.Paid, report.Returned));
        Assert.True(report.Transactions.Count > 1, "One row in one transaction cannot have brought it all.");
        Assert.True(loan > 0 || report.CollectedRows > 1, "One row cannot have brought it all.");
        Assert.Equal(new Amount(Promised + loan), await _scene.ReceivedAsync());
        var channel = await _scene.Reads.ReadProviderAsync(_scene.Provider.Address);
        Assert.Equal((Amount.Zero, Amount.Zero, new Amount(Promised)), (channel.Loan, channel.Balance, channel.Settled));

        var again = await recovery.RunAsync(_scene.Provider, Leaving);
        Assert.Empty(again.Transactions);
        Assert.Empty(again.Open);
    }

    [Fact]
    public async Task What_somebody_sent_first_is_skipped()
    {
        var evidence = await EvidenceAsync();
        var other = chain.NewSender();
        var first = evidence.Collectable[0];
        await other.SendAsync(chain.Accountant.Collect([ToCollect(first)]));
        // In the moment between the look and the sending: what is public of the accountant's promise.
        var settle = SettlementOrder.Settle(ToSettle(evidence)).ToCall(chain.Accountant);
        var route = new OvertakenRoute(_scene.Route, () => other.SendAsync(settle));
        var report = await _scene.Recovery(evidence, route).RunAsync(_scene.Provider, Leaving with { RowsPerTransaction = 1 });
        Assert.Empty(report.Open);
        Assert.Equal(new Amount(Promised + Loan), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task A_settlement_that_somebody_sends_at_the_same_moment_is_no_failure()
    {
        await _scene.LendAsync(Loan);
        var evidence = _scene.Evidence.Empty with { Settleable = _scene.Evidence.Total(100, 2) };
        var other = chain.NewSender();
        var same = SettlementOrder.Settle(ToSettle(evidence)).ToCall(chain.Accountant);
        var route = new OvertakenRoute(_scene.Route, () => other.SendAsync(same));
        var report = await _scene.Recovery(evidence, route).RunAsync(null);
        Assert.Equal((Amount.Zero, Amount.Zero), (report.Paid, report.Unsettled));
        Assert.Equal(new Amount(100), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task What_needs_more_gas_than_one_transaction_may_goes_in_parts()
    {
        var evidence = await EvidenceAsync(loan: 0);
        var refusal = new TransactionRefusedException("Too much gas.");
        var route = new OvertakenRoute(_scene.Route, () => Task.FromException(refusal));
        var report = await _scene.Recovery(evidence, route).RunAsync(_scene.Provider);
        Assert.Empty(report.Open);
        Assert.True(report.Transactions.Count > 1, "It was sent in one transaction after all.");
        Assert.Equal(new Amount(Promised), await _scene.ReceivedAsync());
    }

    [Fact]
    public async Task Somebody_without_the_providers_key_recovers_what_is_public_for_it()
    {
        var evidence = await EvidenceAsync();
        var report = await _scene.Recovery(evidence).RunAsync(null);
        Assert.Equal(new Amount(Public), report.Paid);
        Assert.Equal(new Amount(Public), await _scene.ReceivedAsync());
        Assert.Contains("window 3", Assert.Single(report.Open), StringComparison.OrdinalIgnoreCase);
        await Assert.ThrowsAsync<ArgumentException>(() => _scene.Recovery(evidence).RunAsync(null, Leaving));
        await Assert.ThrowsAsync<ArgumentException>(() => _scene.Recovery(evidence).RunAsync(TestWorld.Provider));
    }

    [Fact]
    public async Task A_promise_of_a_revoked_key_is_named_and_the_best_other_one_is_paid()
    {
        using var successor = PrivateKey.Generate();
        await chain.Sender.SendAsync(chain.Accountant.AddOperator(successor.Address));
        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(4) + TimeSpan.FromHours(1));
        var evidence = await EvidenceAsync(successor);
        await chain.Sender.SendAsync(chain.Accountant.RevokeOperator(successor.Address));
        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(13));
        // The contract would still pay, but hardly in time: such a promise must not take the place of a better one.
        var onChain = new AccountantOnChain(chain.Client, chain.Accountant.Address);
        Assert.True(await chain.Accountant.IsOperatorAsync(successor.Address, BlockReference.Latest));
        Assert.False(await onChain.IsOperatorAsync(successor.Address));
        Assert.True(await onChain.IsOperatorAsync(TestWorld.Operator.Address));
        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(2));

        var report = await _scene.Recovery(evidence).RunAsync(_scene.Provider, Leaving);
        Assert.Equal(new Amount(Public + Loan), await _scene.ReceivedAsync());
        var open = Assert.Single(report.Open);
        Assert.Contains($"promise of {Promised} cannot be settled", open);
        Assert.Contains("revoked", open);
    }

    [Fact]
    public async Task Evidence_of_another_chain_or_accountant_is_refused_before_anything_is_sent()
    {
        var empty = _scene.Evidence.Empty;
        ProviderEvidence[] others =
        [
            empty with { Profile = chain.Profile with { ChainId = 1 } },
            empty with { Profile = chain.Profile with { Accountant = TestWorld.Profile.Accountant } },
            empty with { Profile = chain.Profile with { Accountant = chain.Profile.Token } },
            empty with { Profile = chain.Profile with { ConsumerChannelImplementation = TestWorld.Profile.Token } },
        ];
        foreach (var other in others)
            await Assert.ThrowsAsync<EvidenceException>(() => _scene.Recovery(other).RunAsync(_scene.Provider));
    }

    // The last window is not public: only the provider's key opens it.
    private async Task<ProviderEvidence> EvidenceAsync(PrivateKey? lastBy = null, ulong loan = Loan)
    {
        if (loan > 0) await _scene.LendAsync(loan);
        var (one, two, three) = (await _scene.ConsumerAsync(), await _scene.ConsumerAsync(), await _scene.ConsumerAsync());
        var build = _scene.Evidence;
        return build.Empty with
        {
            Settleable = build.Total(Public, 2),
            Collectable = [build.Row(one, 300, 1), build.Row(three, 100, 2)],
            Windows = [build.Window(3, Promised, atStake: 0, lastBy ?? TestWorld.Operator, build.Promise(two, 200, 3))],
        };
    }

    private static PromiseToSettle ToSettle(ProviderEvidence evidence)
    {
        var promise = evidence.Settleable!;
        return promise.ToSettle();
    }

    private static PromiseToCollect ToCollect(CollectablePromise row) => new(
        row.Promise.Consumer, row.Promise.Amount, row.Promise.Agreement.HashStruct(), row.R, row.Promise.Signature);
}

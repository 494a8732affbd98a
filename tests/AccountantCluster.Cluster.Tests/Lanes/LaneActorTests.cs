using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A lane with a real journal on a real chain: what it ordered happens once, whoever carries it on.</summary>
public sealed class LaneActorTests : IClassFixture<LaneChain>
{
    private const long Gwei = 1_000_000_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Address Somebody = Address.Parse("0x00000000000000000000000000000000000000aa");

    private readonly LaneChain _chain;
    private readonly PrivateKey _key;
    private ITransactionSigner _signer;

    public LaneActorTests(LaneChain chain)
    {
        (_chain, _key) = (chain, chain.NewKey());
        _signer = new LocalTransactionSigner(_key, Curve.Default);
    }

    [Fact]
    public async Task Orders_happen_in_order_and_their_outcome_counts_once_it_is_confirmed()
    {
        var lane = Start(confirmations: 2);
        foreach (var number in Enumerable.Range(1, 3)) await PlaceAsync(lane, number);
        await HandedInAsync(count: 3);
        await _chain.Anvil.MineAsync();
        Assert.Null((await PlaceAsync(lane, 1)).Outcome);

        await _chain.Anvil.MineAsync(2);

        for (var number = 1; number <= 3; number++)
        {
            var outcome = await FinishAsync(lane, number);
            Assert.Equal((LaneOutcomeKind.Done, (ulong)(number - 1)), (outcome.Kind, outcome.Nonce));
            Assert.True((await _chain.Client.GetTransactionReceiptAsync(outcome.Hash))!.Succeeded);
        }
    }

    [Fact]
    public async Task Whoever_takes_over_finds_the_transaction_again_and_sends_no_other()
    {
        var before = Start();
        await PlaceAsync(before, 1);
        await before.GracefulStop(Patience);
        var after = Start();
        Assert.Null((await PlaceAsync(after, 1)).Outcome);
        await HandedInAsync(count: 1);
        await _chain.Anvil.MineAsync(2);

        Assert.Equal(LaneOutcomeKind.Done, (await FinishAsync(after, 1)).Kind);
        Assert.Equal(1ul, await _chain.CountAsync(_key.Address, BlockReference.Pending));
    }

    [Fact]
    public async Task A_transaction_that_the_node_dropped_is_handed_in_again()
    {
        var lane = Start();
        await PlaceAsync(lane, 1);
        await HandedInAsync(count: 1);
        await _chain.Anvil.DropTransactionsAsync(_key.Address);

        await HandedInAsync(count: 1);
        await _chain.Anvil.MineAsync(2);
        Assert.Equal(LaneOutcomeKind.Done, (await FinishAsync(lane, 1)).Kind);
    }

    [Fact]
    public async Task A_transaction_that_offers_too_little_is_replaced_and_one_at_the_cap_waits()
    {
        var lane = Start(maxFeePerGas: 200 * Gwei);
        await PlaceAsync(lane, 1);
        await HandedInAsync(count: 1);
        await _chain.Anvil.SetNextBaseFeeAsync(100 * Gwei);
        await _chain.Anvil.MineAsync();
        Assert.Equal(0ul, await _chain.CountAsync(_key.Address, BlockReference.Latest));

        var replaced = await Eventually.BecomesAsync(() => PlaceAsync(lane, 1), stands => stands.Open!.Attempts.Length > 1);
        await Eventually.BecomesAsync(() => _chain.Client.KnowsTransactionAsync(replaced.Open!.Last.Hash), isKnown => isKnown);
        // The next blocks cost an eighth less each, and the first of them still much more than the first transaction offers.
        var outcome = await MineUntilOverAsync(lane, 1);
        Assert.Equal(LaneOutcomeKind.Done, outcome.Kind);
        Assert.InRange(outcome.GasPriceWei, (UInt128)(20 * Gwei), (UInt128)(200 * Gwei));
        await _chain.Anvil.SetNextBaseFeeAsync(300 * Gwei);
        await _chain.Anvil.MineAsync();
        Assert.IsType<TransactionRefusedException>((await PlaceAsync(lane, 2)).Refusal);
        await _chain.Anvil.SetNextBaseFeeAsync(Gwei);
        await _chain.Anvil.MineAsync();
    }

    [Fact]
    public async Task An_order_that_would_revert_or_cannot_be_paid_takes_no_nonce()
    {
        var lane = Start();
        var tooMuch = TransactionRequest.Pay(Somebody, UInt128.MaxValue / 2);
        var refused = await lane.Ask<OrderStands>(new PlaceOrder(Order(1), tooMuch), Patience);
        Assert.IsAssignableFrom<EthereumException>(refused.Refusal);

        await PlaceAsync(lane, 2);
        await HandedInAsync(count: 1);
        await _chain.Anvil.MineAsync(2);
        Assert.Equal(0ul, (await FinishAsync(lane, 2)).Nonce);
    }

    [Fact]
    public async Task Of_two_that_believe_to_own_the_lane_the_journal_lets_one_place()
    {
        var (one, other) = (Start(), Start());
        // Has recovered before there was anything.
        Assert.Equal(0, await other.Ask<int>(CountOrders.Instance, Patience));
        await PlaceAsync(one, 1);
        // It knows nothing of the first order: what it writes is refused, and it stops.
        await Assert.ThrowsAsync<AskTimeoutException>(() => other.Ask<OrderStands>(new PlaceOrder(Order(2), Payment(2)), Interval * 20));
        Assert.Equal(1ul, await _chain.CountAsync(_key.Address, BlockReference.Pending));

        var again = Start();
        await PlaceAsync(again, 2);
        await HandedInAsync(count: 2);
        await _chain.Anvil.MineAsync(2);
        Assert.Equal(0ul, (await FinishAsync(again, 1)).Nonce);
        Assert.Equal(1ul, (await FinishAsync(again, 2)).Nonce);
    }

    [Fact]
    public async Task A_nonce_that_the_chain_has_lost_after_it_counted_is_taken_so_that_those_behind_it_go_on()
    {
        var snapshot = await _chain.Anvil.SnapshotAsync();
        var lane = Start();
        await PlaceAsync(lane, 1);
        Assert.Equal(LaneOutcomeKind.Done, (await MineUntilOverAsync(lane, 1)).Kind);
        await _chain.Anvil.RevertAsync(snapshot);
        Assert.Equal(0ul, await _chain.CountAsync(_key.Address, BlockReference.Pending));

        await PlaceAsync(lane, 2);
        var outcome = await MineUntilOverAsync(lane, 2);
        Assert.Equal((LaneOutcomeKind.Done, 1ul), (outcome.Kind, outcome.Nonce));
        Assert.Equal(2ul, await _chain.CountAsync(_key.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task What_a_signer_signs_differently_each_time_is_handed_in_as_it_was_stored()
    {
        _signer = new FickleSigner(_key);
        var before = Start();
        await PlaceAsync(before, 1);
        await before.GracefulStop(Patience);
        await _chain.Anvil.DropTransactionsAsync(_key.Address);
        var after = Start();
        Assert.Null((await PlaceAsync(after, 1)).Outcome);
        await HandedInAsync(count: 1);
        await _chain.Anvil.MineAsync(2);

        var outcome = await FinishAsync(after, 1);
        Assert.Equal(LaneOutcomeKind.Done, outcome.Kind);
        Assert.Equal(1, ((FickleSigner)_signer).Signed);
    }

    [Fact]
    public async Task What_is_not_signed_or_by_somebody_else_takes_no_nonce()
    {
        var signer = new FickleSigner(_key) { Fails = true };
        _signer = signer;
        var lane = Start();
        Assert.IsType<EthereumUnavailableException>((await PlaceAsync(lane, 1)).Refusal);
        (signer.Fails, signer.SignsWith) = (false, _chain.NewKey());
        Assert.Contains("did not sign with the key of", (await PlaceAsync(lane, 2)).Refusal!.Message, StringComparison.Ordinal);
        signer.SignsWith = _key;

        await PlaceAsync(lane, 3);
        await HandedInAsync(count: 1);
        await _chain.Anvil.MineAsync(2);
        Assert.Equal(0ul, (await FinishAsync(lane, 3)).Nonce);
    }

    private static Bytes32 Order(int number) => Keccak256.Hash([(byte)number]);

    private static TransactionRequest Payment(int number) => TransactionRequest.Pay(Somebody, (UInt128)number);

    private static async Task<OrderStands> PlaceAsync(IActorRef lane, int number) =>
        await lane.Ask<OrderStands>(new PlaceOrder(Order(number), Payment(number)), Patience);

    private static async Task<LaneOutcome> FinishAsync(IActorRef lane, int number) => (await Eventually.BecomesAsync(
        () => PlaceAsync(lane, number), stands => stands.Outcome is not null)).Outcome!;

    // An order stands before the node has its transaction; a block that is mined in between is without it.
    private Task<ulong> HandedInAsync(ulong count) =>
        Eventually.BecomesAsync(() => _chain.CountAsync(_key.Address, BlockReference.Pending), pending => pending == count);

    private async Task<LaneOutcome> MineUntilOverAsync(IActorRef lane, int number) => (await Eventually.BecomesAsync(
        async () =>
        {
            await _chain.Anvil.MineAsync();
            return await PlaceAsync(lane, number);
        },
        stands => stands.Outcome is not null)).Outcome!;

    private IActorRef Start(int confirmations = 1, long maxFeePerGas = 500 * Gwei)
    {
        var options = new LaneOptions
        {
            Confirmations = confirmations,
            PatienceBlocks = 1,
            Gas = new GasPolicy { MaxFeePerGasWei = (UInt128)maxFeePerGas },
        };
        var lane = new LaneKey(_chain.Anvil.ChainId, _signer, options, Interval);
        var (client, metrics) = (_chain.Client, _chain.Cluster.Metrics);
        return _chain.Cluster.System.ActorOf(ActorFactory.Props(() => new LaneActor(client, lane, Curve.Default, metrics)));
    }
}

using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Chain.Tests;

/// <summary>
/// A lane on a chain that misbehaves, under whoever crashes between any two steps: every order happens once, or is known not to.
/// </summary>
public sealed class TransactionLaneTests
{
    private const ulong ChainId = 31_337;
    private const int Orders = 12;
    private const int TroubledBlocks = 150;
    private const int QuietBlocks = 120;
    private const ulong GasLimit = 50_000;

    private static readonly Address Sender = Address.Parse("0x00000000000000000000000000000000000000aa");

    private static readonly LaneOptions Options = new()
    {
        Confirmations = SimulatedChain.DeepestReorganisation,
        MaxOpen = 5,
        Gas = new GasPolicy { MaxFeePerGasWei = 300, MinPriorityFeePerGasWei = 1 },
    };

    private readonly TransactionLane _lane = new(Options);

    [Fact]
    public void Every_order_happens_once_or_is_known_not_to_have_happened() => Gen.ULong.Sample(
        seed =>
        {
            var dice = new Dice(seed);
            var chain = new SimulatedChain(dice);
            var journal = new List<LaneEvent>();
            var finished = new Dictionary<Bytes32, LaneOutcome>();
            for (var block = 0; block < TroubledBlocks; block++) Live(chain, journal, dice, trouble: true);
            for (var block = 0; block < QuietBlocks; block++) Live(chain, journal, dice, trouble: false);

            foreach (var @event in journal.OfType<LaneEvent.Finished>()) Assert.True(finished.TryAdd(@event.Order, @event.Outcome));
            Assert.Equal(Orders, finished.Count);
            var mined = chain.Mined.ToArray();
            Assert.Equal(Enumerable.Range(0, mined.Length).Select(nonce => (ulong)nonce), mined.Select(one => one.Transaction.Nonce));
            Assert.All(chain.HandedIn, transaction => Assert.True(transaction.MaxFeePerGasWei <= Options.Gas.MaxFeePerGasWei));
            for (byte number = 1; number <= Orders; number++)
            {
                var (outcome, happened) = (finished[Order(number)], mined.Where(one => Is(one.Transaction, number)).ToArray());
                Assert.Equal(outcome.Kind == LaneOutcomeKind.Cancelled ? 0 : 1, happened.Length);
                Assert.NotEqual(LaneOutcomeKind.Overtaken, outcome.Kind);
                if (outcome.Kind == LaneOutcomeKind.Cancelled) continue;
                Assert.Equal(outcome.Hash, SimulatedChain.Name(happened[0].Transaction));
                Assert.Equal(happened[0].Succeeded ? LaneOutcomeKind.Done : LaneOutcomeKind.Reverted, outcome.Kind);
            }
        },
        iter: TestEffort.Of(60));

    /// <summary>Orders that counted as done are lost with their nonces, which would hold up everything behind them.</summary>
    [Fact]
    public void A_chain_that_loses_what_was_confirmed_does_not_hold_up_what_comes_after() => Gen.ULong.Sample(
        seed =>
        {
            var dice = new Dice(seed);
            var chain = new SimulatedChain(dice, deepest: 4 * SimulatedChain.DeepestReorganisation);
            var journal = new List<LaneEvent>();
            for (var block = 0; block < TroubledBlocks; block++) Live(chain, journal, dice, trouble: true);
            for (var block = 0; block < QuietBlocks; block++) Live(chain, journal, dice, trouble: false);

            var state = journal.Aggregate(LaneState.Empty, (before, @event) => before.Apply(@event, Options.RememberedOutcomes));
            Assert.Empty(state.Open);
            for (byte number = 1; number <= Orders; number++) Assert.True(state.Finished.ContainsKey(Order(number)));
            // No order happened twice, whatever became of it.
            for (byte number = 1; number <= Orders; number++)
                Assert.True(chain.Mined.Count(one => Is(one.Transaction, number)) <= 1);
        },
        iter: TestEffort.Of(60));

    [Fact]
    public void A_nonce_that_somebody_else_took_is_known_as_such_once_it_is_confirmed()
    {
        var state = LaneState.Empty.Apply(Placed(1, count: 7), Options.RememberedOutcomes);
        var unseen = new Dictionary<ulong, TransactionSight> { [7] = new(Receipt: null, IsKnown: false, WouldRevert: false) };

        Assert.Equal([new LaneStep.HandIn(7)], _lane.Look(state, new LaneSight(1, ConfirmedCount: 7, PendingCount: 7, Cheap, unseen)));
        var taken = new LaneSight(10, ConfirmedCount: 8, PendingCount: 8, Cheap, unseen);
        var step = Assert.IsType<LaneStep.Record>(Assert.Single(_lane.Look(state, taken)));
        Assert.Equal(LaneOutcomeKind.Overtaken, Assert.IsType<LaneEvent.Finished>(step.Event).Outcome.Kind);
    }

    [Fact]
    public void An_order_is_placed_once()
    {
        var placed = Placed(1, count: 0);
        var state = LaneState.Empty.Apply(placed, Options.RememberedOutcomes);
        Assert.IsType<PlaceDecision.UnderWay>(Place(state, 1, count: 0));

        var outcome = new LaneOutcome(LaneOutcomeKind.Done, 0, placed.Attempt.Hash, 5, 21_000, 1);
        var after = state.Apply(new LaneEvent.Finished(Order(1), outcome), Options.RememberedOutcomes);
        Assert.Equal(outcome, Assert.IsType<PlaceDecision.Finished>(Place(after, 1, count: 1)).Outcome);
        Assert.Equal(1ul, Placed(after, 2, count: 0).Nonce);
    }

    [Fact]
    public void Only_the_newest_outcomes_are_remembered()
    {
        var state = LaneState.Empty;
        for (byte number = 1; number <= 4; number++)
        {
            var placed = Placed(state, number, count: 0);
            state = state.Apply(placed, remembered: 2).Apply(
                new LaneEvent.Finished(
                    Order(number), new LaneOutcome(LaneOutcomeKind.Done, placed.Nonce, placed.Attempt.Hash, 5, 21_000, 1)),
                remembered: 2);
        }
        Assert.Equal([Order(3), Order(4)], state.FinishedInOrder);
        Assert.Equal(2, state.Finished.Count);
        Assert.Empty(state.Open);
    }

    [Fact]
    public void A_full_lane_and_dear_gas_refuse()
    {
        var state = LaneState.Empty;
        for (byte number = 1; number <= Options.MaxOpen; number++) state = state.Apply(Placed(state, number, 0), Options.RememberedOutcomes);
        Assert.IsType<PlaceDecision.Full>(Place(state, 99, count: 0));
        Assert.IsType<PlaceDecision.TooDear>(
            _lane.Place(LaneState.Empty, Order(1), Request(1), GasLimit, 0, 1, new FeeSuggestion(Options.Gas.MaxFeePerGasWei, 1)));
    }

    private static FeeSuggestion Cheap => new(10, 1);

    // One block in the life of a node that may die between any two steps; what is not stored by then is forgotten.
    private void Live(SimulatedChain chain, List<LaneEvent> journal, Dice dice, bool trouble)
    {
        var state = journal.Aggregate(LaneState.Empty, (before, @event) => before.Apply(@event, Options.RememberedOutcomes));
        if (trouble && dice.Roll(15) == 0) chain.Bad.Add((byte)(1 + dice.Roll(Orders)));
        // Whoever believed to own the lane before may hand in late what was stored.
        if (trouble && chain.HandedIn.Count > 0 && dice.Roll(5) == 0) chain.HandIn(chain.HandedIn[dice.Roll(chain.HandedIn.Count)]);
        // With trouble in any order and any number of times; without it, each in turn until it is placed.
        var next = trouble ? (byte)(1 + dice.Roll(Orders)) : FirstUnknown(state);
        foreach (var step in Steps(chain, state, next))
        {
            if (trouble && dice.Roll(10) == 0) break;
            switch (step)
            {
                case LaneStep.Record record:
                    journal.Add(record.Event);
                    state = state.Apply(record.Event, Options.RememberedOutcomes);
                    break;
                case LaneStep.Replace replace when state.Open.TryGetValue(replace.Nonce, out var stuck):
                    var replaced = new LaneEvent.Replaced(replace.Nonce, Sign(stuck, replace.Offer));
                    journal.Add(replaced);
                    state = state.Apply(replaced, Options.RememberedOutcomes);
                    // Dies, perhaps, before the last step of it.
                    if (trouble && dice.Roll(10) == 0) break;
                    chain.HandIn(Make(state.Open[replace.Nonce]));
                    break;
                case LaneStep.Fill fill:
                    var filled = fill.Transaction.PlacedWith(Sign(fill.Transaction, fill.Offer));
                    journal.Add(filled);
                    state = state.Apply(filled, Options.RememberedOutcomes);
                    chain.HandIn(Make(state.Open[filled.Nonce]));
                    break;
                case LaneStep.HandIn handIn when state.Open.TryGetValue(handIn.Nonce, out var transaction):
                    chain.HandIn(Make(transaction));
                    break;
            }
        }
        chain.Mine(trouble);
    }

    private static byte FirstUnknown(LaneState state) => Enumerable.Range(1, Orders)
        .Select(number => (byte)number)
        .FirstOrDefault(number => !state.Finished.ContainsKey(Order(number)) && state.Find(Order(number)) is null, (byte)1);

    private List<LaneStep> Steps(SimulatedChain chain, LaneState state, byte number)
    {
        var sight = new LaneSight(
            chain.Head,
            chain.Count(chain.Head - Math.Min(chain.Head, (ulong)Options.Confirmations)),
            chain.PendingCount(),
            chain.Gas,
            state.Open.Values.ToDictionary(transaction => transaction.Nonce, transaction => See(chain, transaction)));
        var steps = _lane.Look(state, sight).ToList();
        if (Place(state, number, chain.PendingCount(), chain) is PlaceDecision.Place place)
        {
            steps.Add(new LaneStep.Record(Signed(place)));
            steps.Add(new LaneStep.HandIn(place.Transaction.Nonce));
        }
        return steps;
    }

    private static TransactionSight See(SimulatedChain chain, LaneTransaction transaction) => new(
        transaction.Attempts.Select(attempt => chain.Receipt(attempt.Hash)).FirstOrDefault(receipt => receipt is not null),
        chain.Knows(transaction.Last.Hash),
        chain.IsBad(Make(transaction)));

    private static Eip1559Transaction Make(LaneTransaction transaction) =>
        transaction.Make(ChainId, Sender, transaction.Last.Fees, transaction.Last.Cancels);

    private static LaneAttempt Sign(LaneTransaction transaction, LaneOffer offer) => new(
        SimulatedChain.Name(transaction.Make(ChainId, Sender, offer.Fees, offer.Cancels)), offer.Fees, offer.Head, offer.Cancels);

    private static LaneEvent.Placed Signed(PlaceDecision.Place place) => place.Transaction.PlacedWith(Sign(place.Transaction, place.Offer));

    private PlaceDecision Place(LaneState state, byte number, ulong count, SimulatedChain? chain = null) =>
        _lane.Place(state, Order(number), Request(number), GasLimit, count, chain?.Head ?? 0, chain?.Gas ?? Cheap);

    private LaneEvent.Placed Placed(byte number, ulong count) => Placed(LaneState.Empty, number, count);

    private LaneEvent.Placed Placed(LaneState state, byte number, ulong count) =>
        Signed(Assert.IsType<PlaceDecision.Place>(Place(state, number, count)));

    private static Bytes32 Order(byte number) => Keccak256.Hash([number]);

    private static TransactionRequest Request(byte number) => new(Sender, new[] { number });

    private static bool Is(Eip1559Transaction transaction, byte number) =>
        !transaction.Request.Data.IsEmpty && transaction.Request.Data.Span[0] == number;
}

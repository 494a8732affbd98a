using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// Everything that the accountant knows is as it was some time ago. Providers hand in its own promises and their consumers' (protocol §4,
/// restore from an old backup).
/// </summary>
public sealed class RestoreTests
{
    private const uint Deposit = 100_000;

    [Fact]
    public void Evidence_brings_back_what_was_promised_and_what_pays_for_it() => Gen.UInt.Array[40, 500].Sample(
        choices =>
        {
            var world = new World(new Tape(choices));
            world.Live();
            var before = world.Provider.State.Promised;
            var signed = world.Provider.Signed.Count;
            world.Restore();

            world.HandInEvidence();

            Assert.Equal(before, world.Provider.State.Promised);
            // Once everybody's promises are back, the books say the same as before, and go on from there.
            world.Pay(delta: 7);
            Assert.True(world.Provider.State.Promised == before + Given.Units(7) - world.FeeOn(before, 7));
            Assert.All(world.Provider.Signed.Skip(signed), total => Assert.True(total.Promised >= before));
            world.Reveal();
            Assert.True(world.Owed <= world.Collectable, $"Owes {world.Owed}, can collect {world.Collectable}.");
        },
        iter: TestEffort.Of(150));

    /// <summary>One provider, its consumers, and what both sides keep of it.</summary>
    private sealed class World
    {
        private readonly Tape _tape;
        private readonly TestChain _chain = TestChain.Of(800_000);
        private readonly List<JournaledConsumerChannel> _consumers = [];
        private readonly Dictionary<(Address Channel, ulong Agreement), VerifiedPromise> _latest = [];
        private readonly Dictionary<Address, UInt128> _amounts = [];
        private SignedTotal? _held;
        private int _window;

        public World(Tape tape)
        {
            _tape = tape;
            for (uint number = 0; number < 3; number++)
                _consumers.Add(new JournaledConsumerChannel(Deposit, Given.AddressOf(0xc1_0000 + number)));
        }

        public JournaledProviderChannel Provider { get; } = new();

        /// <summary>What all promises that the provider ever got from the accountant settle together.</summary>
        public UInt128 Owed => Provider.Signed.Max(total => total.Promised).Units;

        public UInt128 Collectable => _consumers.Aggregate(UInt128.Zero, (sum, consumer) => sum + consumer.State.SettleableAmount.Units);

        public void Live()
        {
            Pay(delta: 1);
            TakeSnapshots();
            while (!_tape.IsAtEnd)
            {
                Pay((uint)(1 + _tape.Next(50)));
                if (_tape.OneIn(8)) TakeSnapshots();
                if (_tape.OneIn(2) && _window < TestChain.Windows - 3) _window++;
            }
        }

        public Amount FeeOn(Amount before, uint delta)
        {
            var gross = Provider.State.LastSigned!.Gross;
            var fees = Provider.State.Fees;
            Assert.Equal(before, gross - Given.Units(delta) - fees.FeeOn(gross - Given.Units(delta)));
            return fees.FeeOn(gross) - fees.FeeOn(gross - Given.Units(delta));
        }

        public void Pay(uint delta)
        {
            var consumer = _tape.Pick(_consumers);
            var key = (consumer.Address, (ulong)_tape.Next(3));
            var total = delta + (_latest.TryGetValue(key, out var last) ? last.Promise.Agreement.Total.Units : 0);
            var amount = _amounts[consumer.Address] = _amounts.GetValueOrDefault(consumer.Address) + delta;
            var promise = Given.Promise(amount, _chain.Hashlock(_window), Provider.Provider, total, key.Item2, consumer.Address);
            _latest[key] = promise;
            HandIn(consumer, promise, knownR: null);
            var signing = Provider.Sign(_chain.Hashlock(_window), _chain.Position(_window));
            Assert.Equal(RejectionReason.None, signing.Reason);
            _held = signing.Total;
        }

        public void Restore()
        {
            foreach (var consumer in _consumers) consumer.RestoreFromSnapshot();
            Provider.RestoreFromSnapshot();
        }

        /// <summary>
        /// As the SDK does it: first what raises totals, so that nothing lower is signed, the latest promise of the accountant with its R
        /// and of each channel the highest; then R of the window that the accountant says it signed under last, long public, since no later
        /// R may lead so far down; then everybody's promises, of each agreement the latest.
        /// </summary>
        public void HandInEvidence()
        {
            var r = TestChain.ROf(_held!.Hashlock)!.Value;
            Assert.Contains(
                Provider.Import(_held.Promised, _held.Hashlock, r), new[] { RejectionReason.None, RejectionReason.AlreadyCovered });
            foreach (var consumer in _consumers)
            {
                if (PromisesOf(consumer) is not [var highest, ..]) continue;
                Assert.Contains(
                    consumer.Import(highest, TestChain.ROf(highest.Promise.Hashlock)!.Value),
                    new[] { RejectionReason.None, RejectionReason.AlreadyCovered });
            }
            DeliverReveals();
            Provider.Prepare([TestChain.ROf(Provider.State.LastSigned!.Hashlock)!.Value]);
            DeliverReveals();
            foreach (var consumer in _consumers)
                foreach (var promise in PromisesOf(consumer)) HandIn(consumer, promise, TestChain.ROf(promise.Promise.Hashlock));
            _window++;
            Assert.Equal(RejectionReason.None, Provider.Sign(_chain.Hashlock(_window)).Reason);
        }

        public void Reveal()
        {
            Provider.Prepare([_chain.R(_window)]);
            DeliverReveals();
        }

        private List<VerifiedPromise> PromisesOf(JournaledConsumerChannel consumer) =>
            [.. _latest.Values.Where(promise => promise.Channel == consumer.Address).OrderByDescending(promise => promise.Promise.Amount)];

        private void TakeSnapshots()
        {
            foreach (var consumer in _consumers) consumer.TakeSnapshot();
            Provider.TakeSnapshot();
        }

        private void HandIn(JournaledConsumerChannel consumer, VerifiedPromise promise, Preimage? knownR)
        {
            var prepared = Provider.Prepare(knownR is { } r ? [r] : [], promise.Promise.Hashlock);
            var decision = consumer.Offer(promise, Assert.Single(prepared.Hashlocks).KnownR);
            Assert.Contains(decision.Reason, new[] { RejectionReason.None, RejectionReason.AlreadyCovered });
            var segments = consumer.State.With(Provider.Provider).Unacknowledged;
            Provider.Credit([.. segments.Select(segment => new ConsumerCredit(consumer.Address, segment))], feeBasisPoints: 250);
            consumer.Acknowledge(Provider.Provider, ProviderChannel.CreditedBy(Provider.State, consumer.Address));
            DeliverReveals();
        }

        private void DeliverReveals()
        {
            foreach (var pending in Provider.State.PendingReveals.Values)
                foreach (var channel in pending.Channels)
                    _consumers.Single(known => known.Address == channel).Reveal(pending.R);
        }
    }
}

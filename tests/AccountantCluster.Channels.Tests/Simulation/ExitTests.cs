using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// A consumer that spends, exits, has consents paid and lets them lapse in any order, while blocks are confirmed late, told again and
/// taken back, and its channel's process dies.
/// </summary>
public sealed class ExitTests
{
    private const uint Deposit = 60;

    [Fact]
    public void Whatever_consents_are_paid_what_is_promised_stays_in_the_channel() => Gen.UInt.Array[150, 1_500].Sample(
        choices =>
        {
            var simulation = new Simulation(new Tape(choices), mayExitAlone: false);
            while (simulation.Step())
            {
                var head = simulation.Contract.Head;
                var payable = simulation.Signed.Distinct().Where(simulation.Contract.IsPayable)
                    .Aggregate(UInt128.Zero, (sum, consent) => sum + consent.Amount.Units);
                var kept = head.Balance + head.Settled - UInt128.Min(payable, head.Balance + head.Settled);
                var promised = simulation.Channel.State.Promised.Units;
                Assert.True(promised <= kept, $"Promised {promised}, kept {kept}.");
            }
        },
        iter: TestEffort.Of(300));

    [Fact]
    public void From_its_sight_to_its_confirmed_end_an_exit_request_lets_nothing_new_in() => Gen.UInt.Array[150, 1_500].Sample(
        choices =>
        {
            var simulation = new Simulation(new Tape(choices), mayExitAlone: true);
            while (simulation.Step())
                Assert.False(simulation.AcceptedWhileExiting, "A promise was accepted while an exit was under way.");
        },
        iter: TestEffort.Of(300));

    private sealed class Simulation
    {
        private readonly Tape _tape;
        private readonly bool _mayExitAlone;
        private readonly TestChain _chain = TestChain.Of(700_000);
        private uint _total;
        private ulong _told;
        private bool _isSeen;

        public Simulation(Tape tape, bool mayExitAlone)
        {
            (_tape, _mayExitAlone) = (tape, mayExitAlone);
            Contract.Deposit(Deposit);
            for (var count = 0; count < SimulatedContract.Confirmations; count++) Contract.Mine(1);
            Tell(Contract.Confirmed);
        }

        public SimulatedContract Contract { get; } = new();

        public JournaledConsumerChannel Channel { get; } = new(0);

        /// <summary>Everything that the operator ever signed.</summary>
        public List<ExitConsent> Signed { get; } = [];

        public bool AcceptedWhileExiting { get; private set; }

        public bool Step()
        {
            if (_tape.IsAtEnd) return false;
            switch (_tape.Next(16))
            {
                case < 4: Spend(); break;
                case < 6: Consent(); break;
                case < 8: if (Signed.Count > 0) Contract.TryPay(_tape.Pick(Signed)); break;
                case < 9: Contract.Mine((ulong)(1 + _tape.Next(30))); break;
                case < 11: Tell(Contract.Confirmed); break;
                case < 12: Tell(Contract.ConfirmedAt(_tape.Next((int)Contract.Head.Number + 1))); break;
                case < 13: Contract.Settle(Channel.State.SettleableAmount.Units); break;
                case < 14: Contract.Reorganise(_tape.Next(SimulatedContract.Confirmations + 1)); See(); break;
                case < 15: if (_mayExitAlone) Exit(); else if (_tape.OneIn(6)) Contract.Deposit(Deposit / 2); break;
                default: if (_tape.Next(2) == 0) Channel.Crash(); else Channel.TakeSnapshot(); break;
            }
            return true;
        }

        private void Spend()
        {
            var total = _total + 1 + (uint)_tape.Next((int)Deposit / 3);
            var (hashlock, r) = (_chain.Hashlock(0), _tape.Next(2) == 0 ? _chain.R(0) : (Preimage?)null);
            var promise = Given.Promise(total, hashlock, Given.Alice, total, channel: Channel.Address);
            if (Channel.Offer(promise, r).Reason != RejectionReason.None) return;
            _total = total;
            // Seen and not confirmed to be over, or open in the newest confirmed block that was told.
            AcceptedWhileExiting |= (_isSeen && Contract.Head.RequestedIn > _told) || Channel.State.Facts.Exiting;
        }

        private void Consent()
        {
            var consent = new ExitConsent(
                Given.Bob,
                Given.Units((uint)_tape.Next((int)Deposit)),
                Contract.Head.Nonce + (ulong)_tape.Next(3) - ulong.Min((ulong)_tape.Next(2), Contract.Head.Nonce),
                Contract.Head.Time + (ulong)_tape.Next(60));
            if (Channel.Consent(consent, Contract.Head.Time) == RejectionReason.None) Signed.Add(consent);
        }

        private void Exit()
        {
            if (_tape.Next(2) == 0 && Contract.TryFinalizeExit()) return;
            Contract.RequestExit();
            See();
        }

        // Whoever watches the chain looks at all blocks that are not confirmed, time and again.
        private void See()
        {
            _isSeen = false;
            if (Contract.Head.RequestedIn is not { } block || block <= Contract.Confirmed.Number) return;
            Channel.SeeExit(block);
            _isSeen = true;
        }

        private void Tell(SimulatedContract.Block block)
        {
            _told = ulong.Max(_told, block.Number);
            Channel.Observe(SimulatedContract.Facts(block));
        }
    }
}

using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Openings;
using AccountantCluster.Protocol;
using CsCheck;
using Xunit.Abstractions;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// Consumers that pay before they are registered, register as they said or otherwise, or never, in any order, while blocks are confirmed
/// late and taken back, and the processes of their channels and of whoever grants die.
/// </summary>
public sealed class OpeningTests(ITestOutputHelper output)
{
    private const int Channels = 4;
    private const ulong Hour = 3_600;

    private static readonly OpeningPolicy Policy = new()
    {
        Limit = Given.Units(20),
        TotalLimit = Given.Units(50),
        PerHour = 3,
        MinimumSeconds = 1_800,
        RegistrationFee = Given.Units(3),
    };

    [Fact]
    public void Whatever_consumers_do_the_accountant_loses_at_most_the_limits()
    {
        var (worst, worstOfAll, collected) = (UInt128.Zero, UInt128.Zero, 0);
        Gen.UInt.Array[200, 1_500].Sample(
            choices =>
            {
                var simulation = new Simulation(new Tape(choices));
                while (simulation.Step())
                {
                    foreach (var consumer in simulation.Consumers)
                    {
                        // Another registration may take all that is there, at any moment.
                        var state = consumer.Channel.State;
                        if (!state.Facts.Registered)
                            Assert.True(state.Promised <= Policy.Limit, $"Promised {state.Promised} before registration.");
                        worst = UInt128.Max(worst, consumer.Lost);
                        Assert.True(consumer.Lost <= Policy.Limit.Units, $"Lost {consumer.Lost} on one.");
                        if (consumer.Address.Head.IsRegistered && consumer.Lost == 0 && !state.Promised.IsZero) collected++;
                    }
                    var all = simulation.Consumers.Aggregate(UInt128.Zero, (sum, consumer) => sum + consumer.Lost);
                    worstOfAll = UInt128.Max(worstOfAll, all);
                    Assert.True(all <= Policy.TotalLimit.Units, $"Lost {all} in all.");
                    Assert.True(simulation.Ledger.TakenUp(simulation.Time) <= Policy.TotalLimit);
                }
                foreach (var consumer in simulation.Consumers) consumer.Channel.AssertReplays();
            },
            iter: TestEffort.Of(200),
            threads: 1);
        output.WriteLine($"Worst loss found: {worst} on one, {worstOfAll} in all; {collected} steps with what can be collected.");
        Assert.True(worst > 10 && worstOfAll > 20 && collected > 0, $"{worst}, {worstOfAll}, {collected}: it does not search.");
    }

    private sealed class Consumer(uint number)
    {
        public SimulatedAddress Address { get; } = new();

        public JournaledConsumerChannel Channel { get; } = JournaledConsumerChannel.Unknown(Given.AddressOf(0xc1_0000 + number));

        public TestChain Chain { get; } = TestChain.Of(810_000 + number);

        /// <summary>What was promised and can never be collected, as the newest block has it, confirmed or not.</summary>
        public UInt128 Lost => Address.Head.IsRegistered
            ? Channel.State.Promised.SaturatingSubtract(new Amount(Address.Head.Balance + Address.Head.Settled)).Units
            : 0;
    }

    private sealed class Simulation(Tape tape)
    {
        private readonly ulong _begin = 40 * Hour;

        public IReadOnlyList<Consumer> Consumers { get; } = [.. Enumerable.Range(0, Channels).Select(number => new Consumer((uint)number))];

        public OpeningLedger Ledger { get; private set; } = OpeningLedger.Empty;

        public ulong Time => Consumers.Max(consumer => consumer.Address.Head.Time);

        public bool Step()
        {
            if (tape.IsAtEnd) return false;
            var consumer = tape.Pick(Consumers);
            var (address, channel) = (consumer.Address, consumer.Channel);
            if (address.Head.Time < _begin) address.Mine(_begin);
            switch (tape.Next(16))
            {
                case < 2: address.Deposit((UInt128)(1 + tape.Next(30))); break;
                case < 4: channel.Hold(Opening(consumer), Policy, address.Head.Time); break;
                case < 8: Look(consumer); break;
                case < 11: Spend(consumer); break;
                case < 12: address.Mine((ulong)(1 + tape.Next(tape.OneIn(10) ? 3_000 : 60))); break;
                case < 13: Register(consumer); break;
                case < 14: address.Reorganise(tape.Next(SimulatedAddress.Confirmations + 1)); break;
                case < 15: address.Settle(channel.State.SettleableAmount.Units); break;
                default: Disturb(consumer); break;
            }
            return true;
        }

        private Opening Opening(Consumer consumer)
        {
            var fee = tape.OneIn(3) ? (UInt128)tape.Next(5) : 0;
            var opening = Given.Opening(consumer.Address.Head.Time + 1_700 + (ulong)tape.Next(2_000), fee, Policy.RegistrationFee.Units);
            return opening with { Registration = opening.Registration with { Identity = consumer.Channel.Address } };
        }

        // The one that looks grants first, tells then, and says in the end what became of it. It may die in between.
        private void Look(Consumer consumer)
        {
            var (address, channel) = (consumer.Channel.Address, consumer.Channel);
            var block = consumer.Address.Confirmed;
            if (channel.State.Opening is { } held && !block.IsRegistered)
            {
                var amount = Amount.Min(Policy.Limit, new Amount(block.Balance).SaturatingSubtract(held.Cost));
                if (Ledger.Allows(address, held, amount, Policy, block.Time)) Ledger = Ledger.Grant(address, held, amount, block.Time);
            }
            if (tape.OneIn(6)) return;
            var facts = SimulatedAddress.Facts(block, Ledger.GrantedTo(address, block.Time));
            channel.Observe(facts);
            if (tape.OneIn(6)) return;
            var promised = channel.State.Promised;
            if (Ledger.Judge(address, facts, promised) is { } lost) Ledger = Ledger.End(address, promised, lost, block.Time);
        }

        private void Spend(Consumer consumer)
        {
            var (channel, window) = (consumer.Channel, tape.Next(3));
            var total = channel.State.With(Given.Alice).Totals.GetValueOrDefault(AgreementId.From(1)).Units + 1 + (uint)tape.Next(12);
            var amount = tape.OneIn(4) ? (UInt128)(1 + tape.Next(60)) : total;
            var r = tape.Next(2) == 0 ? consumer.Chain.R(window) : (Preimage?)null;
            channel.Offer(Given.Promise(amount, consumer.Chain.Hashlock(window), Given.Alice, total, channel: channel.Address), r);
        }

        // As it said, or with all that is there as the fee.
        private void Register(Consumer consumer)
        {
            var address = consumer.Address;
            if (tape.OneIn(2)) address.Register(address.Head.Balance, ulong.MaxValue);
            else if (consumer.Channel.State.Opening is { } held) address.Register(held.Cost.Units, held.Deadline);
            else address.Register(Policy.RegistrationFee.Units, ulong.MaxValue);
        }

        private void Disturb(Consumer consumer)
        {
            if (tape.Next(2) == 0) consumer.Channel.Crash();
            else consumer.Channel.TakeSnapshot();
        }
    }
}

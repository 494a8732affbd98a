using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Xunit.Abstractions;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What a channel holds, in bytes of its snapshot, after much more has passed through it.</summary>
public sealed class StateSizeTests(ITestOutputHelper output)
{
    private static readonly ChannelPolicy Policy =
        new(new Amount(1_000_000), WindowLimit: 8, ProviderLimit: 4, MinimumFirstPayment: new Amount(1));

    private static readonly Signature Signature = Sign();

    /// <summary>
    /// Each pays twice, all others in between; every window is revealed by the next and heard of. What stays is a total per consumer, so
    /// that a tenth of the consumers says it too: a million of them come with the full effort.
    /// </summary>
    [Fact]
    public void A_provider_with_a_million_consumers_is_a_total_for_each()
    {
        const int PerWindow = 2_500;
        var consumers = (int)TestEffort.Of(100_000);
        var (state, window, provider) = (ProviderChannelState.Empty, 0u, new TestProvider());
        for (var round = 0; round < 2; round++)
        {
            for (var first = 0; first < consumers; first += PerWindow)
            {
                var hashlock = provider.Hashlock(window++);
                state = ProviderChannel.DecidePrepare(state, [], [hashlock]).Events.Aggregate(state, ProviderChannel.Apply);
                var segment = new CreditSegment(hashlock, Units(round), Units(round + 1));
                var credits = Enumerable.Range(first, PerWindow).Select(number => new ConsumerCredit(AddressOf(number), segment)).ToList();
                state = ProviderChannel.DecideCredits(state, credits, feeBasisPoints: (ushort)(window % 100))
                    .Aggregate(state, ProviderChannel.Apply);
                state = ProviderChannel.DecideSigning(state, hashlock, position: null).Events.Aggregate(state, ProviderChannel.Apply);
                state = Acknowledge(state);
            }
        }

        var bytes = ProviderChannelStateFormat.Write(state).CalculateSize();

        output.WriteLine($"{bytes:N0} bytes for {consumers:N0} consumers.");
        Assert.Equal(2 * Units(consumers).Units, state.Gross.Units);
        Assert.Empty(ProviderChannelInvariants.Check(state));
        // 20 bytes of address, the total, and how protobuf frames them; and one open window.
        Assert.InRange(bytes, 0, (consumers * 30) + (PerWindow * 25) + 10_000);
    }

    [Fact]
    public void A_consumer_with_ten_thousand_agreements_keeps_the_highest()
    {
        var (state, provider) = (Deposited(), new TestProvider());
        for (var number = 1; number <= 10_000; number++) state = Pay(state, provider.Identity, number, total: 1, agreement: (ulong)number);

        var bytes = ConsumerChannelStateFormat.Write(state).CalculateSize();

        output.WriteLine($"{bytes:N0} bytes for 10,000 agreements with one provider.");
        Assert.Equal(new Amount(10_000), state.With(provider.Identity).Credited);
        Assert.Empty(ConsumerChannelInvariants.Check(state));
        Assert.InRange(bytes, 0, 2_000);
        // What is folded is paid, and stays paid.
        var again = ConsumerChannel.DecideOffer(state, Promise(10_001, provider.Identity, total: 2, agreement: 5), R(10_001), Policy);
        Assert.Equal(RejectionReason.AgreementClosed, again.Reason);
    }

    [Fact]
    public void A_consumer_of_ten_thousand_providers_is_a_total_for_each()
    {
        var state = Deposited();
        for (var number = 1; number <= 10_000; number++) state = Pay(state, AddressOf(number), number, total: 1, agreement: 1);

        var bytes = ConsumerChannelStateFormat.Write(state).CalculateSize();

        output.WriteLine($"{bytes:N0} bytes for 10,000 providers.");
        Assert.Empty(ConsumerChannelInvariants.Check(state));
        Assert.InRange(bytes, 0, 10_000 * 40);
    }

    private static ProviderChannelState Acknowledge(ProviderChannelState state)
    {
        foreach (var (hashlock, pending) in state.PendingReveals)
            foreach (var channel in pending.Channels)
                state = ProviderChannel.AcknowledgeReveal(state, channel, hashlock, ProviderChannel.CreditedBy(state, channel));
        return state;
    }

    // Reveals first, and hears at once that the provider channel has it.
    private static ConsumerChannelState Pay(ConsumerChannelState state, Address provider, int amount, int total, ulong agreement)
    {
        var decision = ConsumerChannel.DecideOffer(state, Promise(amount, provider, total, agreement), R(amount), Policy);
        Assert.Equal(RejectionReason.None, decision.Reason);
        var paid = decision.Events.Aggregate(state, ConsumerChannel.Apply);
        return ConsumerChannel.Acknowledge(paid, provider, paid.With(provider).Credited);
    }

    private static VerifiedPromise Promise(int amount, Address provider, int total, ulong agreement)
    {
        var agreed = new Agreement(provider, AgreementId.From(agreement), Units(total));
        var promise = new ConsumerPromise(ChannelId.OfConsumer(AddressOf(0)), Units(amount), R(amount).ToHashlock(), agreed);
        return new VerifiedPromise(AddressOf(0), AddressOf(0), promise, Signature);
    }

    private static Signature Sign()
    {
        var promise = new ConsumerPromise(ChannelId.OfConsumer(AddressOf(0)), Units(1), R(1).ToHashlock(), default);
        return Curve.Default.Sign(Accountant.Domain.Digest(promise), Accountant.OperatorKey);
    }

    private static ConsumerChannelState Deposited() => ConsumerChannel
        .DecideObservation(ConsumerChannelState.Empty, TestConsumer.Deposited(1_000_000))
        .Aggregate(ConsumerChannelState.Empty, ConsumerChannel.Apply);

    private static Preimage R(int number) => new(Bytes32.FromUInt128((UInt128)number));

    private static Amount Units(int units) => new((UInt128)units);

    private static Address AddressOf(int number) => new(Keccak256.Hash(Bytes32.FromUInt128((UInt128)number)).ToArray().AsSpan(12));
}

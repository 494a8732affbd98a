using AccountantCluster.Chain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>A provider's risk, as protocol §6 defines it.</summary>
public sealed class RiskRulesTests
{
    private static readonly Hashlock Window = TestWorld.Lock(1);
    private static readonly Signature Any = TestWorld.Promise(TestWorld.Alice, 1, 1, Window).Signature;

    private static readonly ProviderBooks Begun = ProviderEvents.Apply(
        ProviderBooks.Empty,
        [
            new ProviderEvent.FeeConfirmed(0),
            new ProviderEvent.AgreementOpened(ProviderBooks.KeyOf(Pay(1))),
            new ProviderEvent.AgreementOpened(ProviderBooks.KeyOf(Pay(1, agreement: 2))),
            new ProviderEvent.ChainBegun(1, Window),
        ]);

    [Fact]
    public void The_risk_is_the_sum_of_what_protocol_names() =>
        Gen.Select(Gen.Int[0, 90], Gen.Int[0, 90], Gen.Int[0, 90], Gen.Int[0, 90]).Sample((promised, settled, loan, balance) =>
        {
            var held = new HeldPromise(Units(promised), Window, new ChainPosition(1, 0), Any);
            var books = ProviderEvents.Apply(Begun, ProviderRules.DecideHold(Begun, held));
            books = ProviderEvents.Apply(
                books,
                [
                    new ProviderEvent.PromisesHandedIn([Pay(10), Pay(25), Pay(7, agreement: 2)]),
                    new ProviderEvent.PromiseRefused(Pay(10), RejectionReason.Overspend),
                ]);
            var risk = RiskRules.Of(books, Channel(settled, loan, balance));
            Assert.Equal((Units(15 + 7), Units(10)), (risk.Unanswered, risk.Refused));
            Assert.Equal(Units(Math.Max(0, Math.Max(0, promised - settled) + loan - balance) + 32), risk.Total);
        }, iter: TestEffort.Of(500));

    [Fact]
    public void What_is_accepted_counts_until_there_is_a_promise_for_it()
    {
        var books = ProviderEvents.Apply(
            Begun, [new ProviderEvent.PromisesHandedIn([Pay(10)]), new ProviderEvent.PromiseAccepted(Pay(10))]);
        Assert.Equal(new Amount(10), RiskRules.Of(books, null).Unanswered);
        books = ProviderEvents.Apply(
            books, ProviderRules.DecideHold(books, new HeldPromise(new Amount(10), Window, new ChainPosition(1, 0), Any)));
        var risk = RiskRules.Of(books, null);
        // Nobody has looked at the chain: nothing counts as settled.
        Assert.Equal((Amount.Zero, new Amount(10), new Amount(10)), (risk.Unanswered, risk.Unsettled, risk.Total));
    }

    [Fact]
    public void An_invoice_is_allowed_as_long_as_everything_together_is_within_the_limit() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200], Gen.Int[1, 200], Gen.Int[1, 200]).Sample((promised, invoiced, amount, limit) =>
        {
            var risk = new ProviderRisk(Units(promised), default, default, default, default, default);
            Assert.Equal(promised + invoiced + amount <= limit, RiskRules.Allows(risk, Units(invoiced), Units(amount), Units(limit)));
            Assert.True(RiskRules.Allows(risk, Units(invoiced), Units(amount), null));
            // Whoever settles by it does so before service stops.
            if (!RiskRules.Allows(risk, default, Amount.Zero, Units(limit))) Assert.True(RiskRules.IsNear(risk, Units(limit)));
        }, iter: TestEffort.Of(1_000));

    [Fact]
    public void The_largest_amounts_do_not_overflow()
    {
        var risk = new ProviderRisk(Amount.MaxValue, default, Amount.MaxValue, default, Amount.MaxValue, Amount.MaxValue);
        Assert.Equal(Amount.MaxValue, risk.Total);
        Assert.False(RiskRules.Allows(risk, Amount.MaxValue, Amount.MaxValue, Amount.MaxValue));
    }

    private static SignedPromise Pay(ulong total, ulong agreement = 1) =>
        TestWorld.Promise(TestWorld.Alice, total, total, Window, agreement);

    private static ProviderChannelOnChain Channel(int settled, int loan, int balance) =>
        new(default, Units(loan), default, Units(balance), Units(settled), default, 0);

    private static Amount Units(int units) => new((UInt128)units);
}

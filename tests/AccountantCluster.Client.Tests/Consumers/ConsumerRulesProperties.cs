using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Consumers;

/// <summary>
/// A provider and an accountant that work together against one device: whatever they say, it never promises more than it was invoiced for.
/// </summary>
public sealed class ConsumerRulesProperties
{
    private const ulong Deposited = 10_000;

    [Fact]
    public void A_single_device_never_promises_more_than_it_agreed_to_pay() =>
        Gen.Select(Gen.Int[0, 3], Gen.ULong[1, 3], Gen.ULong[0, 40], Gen.Int[0, 1_000]).Array[60].Sample(steps =>
        {
            var books = ConsumerBooks.Empty with { Deposited = new Amount(Deposited) };
            var agreed = Amount.Zero;
            var signed = new List<SignedPromise>();
            foreach (var (kind, agreement, number, choice) in steps)
            {
                var paid = books.Find(TestWorld.Provider.Address, AgreementId.From(agreement));
                var decision = kind switch
                {
                    0 or 1 => Pay(books, paid, agreement, number, hashlock: (ulong)choice % 3 + 1),
                    _ when signed.Count == 0 => PayDecision.Refuse(PaymentRefusal.NotLatestPromise),
                    // The liar chooses among everything that the device ever signed.
                    _ => ConsumerRules.DecideResynchronise(
                        books,
                        new Rejection(
                            paid?.Latest ?? signed[choice % signed.Count],
                            RejectionReason.PromiseTooLow,
                            new Amount(signed[(choice / 7) % signed.Count].Amount.Units + number),
                            signed[(choice / 3) % signed.Count]),
                        isProofSigned: true),
                };
                if (decision.Refusal != PaymentRefusal.None || decision.Repeated is not null) continue;
                if (kind <= 1) agreed += decision.Agreement.Total.SaturatingSubtract(paid?.Total ?? Amount.Zero);
                var promise = Sign(decision);
                books = books.Sign(promise, decision.Before, decision.Resynchronisations);
                signed.Add(promise);
                Assert.True(promise.Amount <= agreed, $"{promise.Amount} was signed, {agreed} was agreed to");
                Assert.True(promise.Amount <= books.Deposited);
            }
        }, iter: TestEffort.Of(300));

    private static PayDecision Pay(ConsumerBooks books, PaidAgreement? paid, ulong agreement, ulong more, ulong hashlock)
    {
        var total = (ulong)(paid?.Total.Units ?? 0) + more;
        return ConsumerRules.DecidePay(books, TestWorld.Invoice(total, agreement, hashlock), TestWorld.Provider.Address, new Amount(more));
    }

    // A stand-in signature: which bytes they are does not matter here, only that every content has its own.
    private static SignedPromise Sign(PayDecision decision)
    {
        var message = new ConsumerPromise(default, decision.Amount, decision.Hashlock, decision.Agreement);
        var digest = TestWorld.Profile.Domain.Digest(message).ToArray();
        byte[] bytes = [.. digest, .. digest, 27];
        bytes[0] = bytes[32] = 0x11;
        Assert.True(Signature.TryParse(bytes, out var signature));
        return new SignedPromise(TestWorld.Alice.Address, decision.Amount, decision.Hashlock, decision.Agreement, signature);
    }
}

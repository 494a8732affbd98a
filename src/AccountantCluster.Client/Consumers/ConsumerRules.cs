using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>
/// What a consumer signs, pure (protocol §4 rule 3, paper §4.4). A consumer loses money only by signing, so every rule is about that.
/// </summary>
internal static class ConsumerRules
{
    /// <summary>
    /// A payment that is told the truth is rejected once, because another device of the same identity promised meanwhile, and again if it
    /// does so again.
    /// </summary>
    public const int MaxResynchronisations = 3;

    /// <summary>Judges an invoice.</summary>
    /// <param name="books">The consumer's books.</param>
    /// <param name="invoice">What is asked for.</param>
    /// <param name="provider">Whom the consumer deals with.</param>
    /// <param name="agreed">The most that the agreement's total may rise by: what the consumer used and has not paid.</param>
    public static PayDecision DecidePay(ConsumerBooks books, Invoice invoice, Address provider, Amount agreed)
    {
        if (invoice.Hashlock.IsZero) return PayDecision.Refuse(PaymentRefusal.HashlockMissing);
        if (invoice.Provider != provider || provider.IsZero) return PayDecision.Refuse(PaymentRefusal.WrongProvider);
        if (books.With(provider).IsClosed(invoice.AgreementId)) return PayDecision.Refuse(PaymentRefusal.AgreementClosed);

        var paid = books.Find(provider, invoice.AgreementId);
        var before = paid?.Total ?? Amount.Zero;
        if (invoice.AgreementTotal.IsZero || invoice.AgreementTotal < before) return PayDecision.Refuse(PaymentRefusal.TotalTooLow);
        var agreement = new Agreement(provider, invoice.AgreementId, invoice.AgreementTotal);
        if (paid is not null && invoice.AgreementTotal == before)
        {
            return invoice.Hashlock == paid.Latest.Hashlock
                ? PayDecision.Repeat(paid.Latest)
                // The provider's window closed before the promise reached it: the same payment, under the open one.
                : PayDecision.Sign(books.Promised, invoice.Hashlock, agreement, paid.Before, paid.Resynchronisations);
        }

        if (books.IsExiting) return PayDecision.Refuse(PaymentRefusal.ChannelExiting);
        var delta = invoice.AgreementTotal - before;
        if (delta > agreed) return PayDecision.Refuse(PaymentRefusal.MoreThanAgreed);
        if (!books.Promised.TryAdd(delta, out var amount) || amount > books.Spendable)
            return PayDecision.Refuse(PaymentRefusal.DepositTooSmall);
        return PayDecision.Sign(amount, invoice.Hashlock, agreement, before, resynchronisations: 0);
    }

    /// <summary>
    /// Judges a rejection: signs exactly the expected amount, and only if a promise that the consumer signed elsewhere explains it.
    /// Stricter than the rule of protocol §4 in one point: a proof that this very device signed explains nothing above what the device
    /// promised in all, because that contains the rejected payment already. Otherwise two agreements could be rejected in turn, each with
    /// the other's promise as proof, and every round would take a delta.
    /// </summary>
    /// <param name="books">The consumer's books.</param>
    /// <param name="rejection">What the provider hands back.</param>
    /// <param name="isProofSigned">Whether the proof's signature is the consumer's own.</param>
    public static PayDecision DecideResynchronise(ConsumerBooks books, Rejection rejection, bool isProofSigned)
    {
        if (rejection.Reason != RejectionReason.PromiseTooLow || rejection.Expected is not { } expected)
            return PayDecision.Refuse(PaymentRefusal.NotResolvable);
        if (books.IsExiting) return PayDecision.Refuse(PaymentRefusal.ChannelExiting);
        var rejected = rejection.Rejected;
        var paid = books.Find(rejected.Agreement.Provider, rejected.Agreement.Id);
        if (paid is null || paid.Latest != rejected || !books.OwnSet.Contains(rejected.Signature))
            return PayDecision.Refuse(PaymentRefusal.NotLatestPromise);
        if (paid.Resynchronisations >= MaxResynchronisations) return PayDecision.Refuse(PaymentRefusal.TooManyRejections);
        if (expected <= rejected.Amount) return PayDecision.Refuse(PaymentRefusal.ExpectedNotAboveRejected);
        if (rejection.Proof is not { } proof || !isProofSigned || IsSamePromise(proof, rejected))
            return PayDecision.Refuse(PaymentRefusal.ProofInvalid);

        if (!Explains(books, proof, paid.Unpaid, expected)) return PayDecision.Refuse(PaymentRefusal.ExpectedNotProven);
        if (expected > books.Spendable) return PayDecision.Refuse(PaymentRefusal.DepositTooSmall);
        return PayDecision.Sign(expected, rejected.Hashlock, rejected.Agreement, paid.Before, paid.Resynchronisations + 1);
    }

    /// <summary>
    /// Judges an exit that the consumer wants the operator to consent to: only what is promised to nobody may leave. One at a time; the
    /// same one again is the same.
    /// </summary>
    public static ExitDecision DecideExit(ConsumerBooks books, ConsentExit exit)
    {
        if (books.Exit is { } outstanding)
        {
            return outstanding.Message == exit
                ? new ExitDecision(PaymentRefusal.None, outstanding)
                : ExitDecision.Refuse(PaymentRefusal.ExitOutstanding);
        }
        return !books.Promised.TryAdd(exit.Amount, out var needed) || needed > books.Deposited
            ? ExitDecision.Refuse(PaymentRefusal.DepositTooSmall)
            : new ExitDecision(PaymentRefusal.None, null);
    }

    /// <summary>
    /// Whether the outstanding exit can never be paid after a block: it was, another message of the same number was, or its time is over.
    /// </summary>
    /// <param name="books">The consumer's books.</param>
    /// <param name="nonce">The channel's counter at the block.</param>
    /// <param name="time">The block's, in seconds since 1970.</param>
    public static bool IsExitOver(ConsumerBooks books, ulong nonce, ulong time) =>
        books.Exit is { Message: var exit } && (nonce > exit.Nonce || time > exit.Deadline);

    private static bool Explains(ConsumerBooks books, SignedPromise proof, Amount unpaid, Amount expected) =>
        books.OwnSet.Contains(proof.Signature)
            ? expected <= books.Promised
            : !proof.Amount.TryAdd(unpaid, out var most) || expected <= most;

    // Same content: a wallet may sign the same message with another signature.
    private static bool IsSamePromise(SignedPromise one, SignedPromise other) => one with { Signature = other.Signature } == other;
}

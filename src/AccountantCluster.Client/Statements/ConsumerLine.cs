using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>What moved a consumer channel's tokens: the closed set of a consumer statement's lines. Amounts in token base units.</summary>
/// <param name="At">Where it stands.</param>
public abstract record ConsumerLine(LinePlace At)
{
    /// <summary>Tokens that came.</summary>
    public virtual Amount In => Amount.Zero;

    /// <summary>Tokens that left.</summary>
    public virtual Amount Out => Amount.Zero;

    /// <summary>Tokens came to the channel's address, whether it existed or not.</summary>
    /// <param name="At">Where it stands.</param>
    /// <param name="From">Who sent them; zero where they were created.</param>
    /// <param name="Amount">How many.</param>
    public sealed record Deposited(LinePlace At, Address From, Amount Amount) : ConsumerLine(At)
    {
        /// <inheritdoc/>
        public override Amount In => Amount;

        /// <summary>The line of an event.</summary>
        public static Deposited Of(TokenTransfer transfer) => new(LinePlace.Of(transfer.Log), transfer.From, transfer.Value);
    }

    /// <summary>The channel was deployed and paid for it.</summary>
    /// <param name="At">Where it stands.</param>
    /// <param name="Fee">What the registry took.</param>
    /// <param name="Loan">What was lent to the accountant: the provider channel's from then on.</param>
    /// <param name="TransactionMakerFee">What the sender took.</param>
    public sealed record Registered(LinePlace At, Amount Fee, Amount Loan, Amount TransactionMakerFee) : ConsumerLine(At)
    {
        /// <inheritdoc/>
        public override Amount Out => Fee + Loan + TransactionMakerFee;

        /// <summary>The line of an event.</summary>
        public static Registered Of(IdentityRegistered registered) =>
            new(LinePlace.Of(registered.Log), registered.RegistrationFee, registered.Loan, registered.TransactionMakerFee);
    }

    /// <summary>The accountant collected what was promised.</summary>
    /// <param name="At">Where it stands.</param>
    /// <param name="Requested">The promise's amount.</param>
    /// <param name="Paid">What was there to pay.</param>
    /// <param name="Settled">Total of the channel after it.</param>
    public sealed record Collected(LinePlace At, Amount Requested, Amount Paid, Amount Settled) : ConsumerLine(At)
    {
        /// <inheritdoc/>
        public override Amount Out => Paid;

        /// <summary>The line of an event.</summary>
        public static Collected Of(ConsumerPromiseSettled settled) =>
            new(LinePlace.Of(settled.Log), settled.Requested, settled.Paid, settled.Settled);
    }

    /// <summary>The consumer took tokens back.</summary>
    /// <param name="At">Where it stands.</param>
    /// <param name="Beneficiary">Who got them.</param>
    /// <param name="Paid">How many.</param>
    /// <param name="WithConsent">With the accountant's consent, at once; else after the notice.</param>
    public sealed record ExitPaid(LinePlace At, Address Beneficiary, Amount Paid, bool WithConsent) : ConsumerLine(At)
    {
        /// <inheritdoc/>
        public override Amount Out => Paid;

        /// <summary>The line of an event.</summary>
        public static ExitPaid Of(ExitFinalized exit) => new(LinePlace.Of(exit.Log), exit.Beneficiary, exit.Paid, WithConsent: false);

        /// <summary>The line of an event.</summary>
        public static ExitPaid Of(ConsentedExitPaid exit) => new(LinePlace.Of(exit.Log), exit.Beneficiary, exit.Paid, WithConsent: true);
    }
}

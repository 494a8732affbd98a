using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// What comes before a process' first hand-in (protocol §5): windows that earlier processes left behind are answered, signed and revealed,
/// because the accountant signs nothing under a new chain before.
/// </summary>
internal sealed class Recovery(ProviderContext context, HandIn handIn, Disclosure disclosure)
{
    // A fee below that of the books, and when it was seen first.
    private (uint BasisPoints, long SeenAt)? _lower;

    /// <summary>Opens the session: terms, fee, and the accountant's latest promise.</summary>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached, refuses, or takes too large a fee.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var session = await context.Exchange.OpenAsync(cancellation);
        await ReadFeeAsync(cancellation);
        var held = session.Latest is { Promise: { } promise, Position: { } position }
            ? await context.Verifier.VerifyAsync(promise, context.Ledger.Books, position, cancellation)
            : null;
        lock (context.Ledger.Gate)
        {
            context.Terms = session.Terms;
            if (held is not null) context.Ledger.Commit(ProviderRules.DecideHold(context.Ledger.Books, held));
            context.LastSignedAt = session.Latest.Position;
            context.IsBehind |= ProviderRules.IsBehind(context.Ledger.Books, session.Latest.Promise?.Amount ?? Amount.Zero);
        }
    }

    /// <summary>Reads the accountant's fee on chain.</summary>
    /// <exception cref="AccountantUnavailableException">It is larger than the provider accepts.</exception>
    public async Task ReadFeeAsync(CancellationToken cancellation)
    {
        var basisPoints = await context.OnChain.GetFeeBasisPointsAsync(cancellation);
        if (basisPoints > context.Options.MaxFeeBasisPoints)
        {
            lock (context.Ledger.Gate) context.Problem = ProviderProblem.FeeTooHigh;
            throw new AccountantUnavailableException(
                $"The accountant takes {basisPoints} basis points, more than the provider's limit of {context.Options.MaxFeeBasisPoints}.");
        }
        lock (context.Ledger.Gate) context.Ledger.Commit([new ProviderEvent.FeeConfirmed(ToExpect(basisPoints))]);
    }

    // A lower fee counts once it has stood for as long as a look at the chain takes to come around: the accountant may see it some seconds
    // later than this, and its fee on what came in between must not make it a liar for ever.
    private uint ToExpect(uint basisPoints)
    {
        if (context.Ledger.Books.Fees.Rates is not [.., var (_, current)] || basisPoints >= current)
        {
            _lower = null;
            return basisPoints;
        }
        if (_lower?.BasisPoints != basisPoints) _lower = (basisPoints, context.Time.GetTimestamp());
        return context.Time.GetElapsedTime(_lower.Value.SeenAt) >= context.Options.FeeReading ? basisPoints : current;
    }

    /// <summary>Brings earlier windows to their end. False where one of them stands in the way; then nothing new is handed in.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        foreach (var (hashlock, position) in context.Ledger.Books.Earlier)
        {
            await handIn.ResendAsync(hashlock, cancellation);
            var outcome = disclosure.Close(hashlock, position);
            if (outcome == CloseOutcome.NotPromised)
            {
                if (context.RevealDue) await disclosure.RevealAsync(cancellation);
                await handIn.AskAgainAsync(hashlock, cancellation);
                outcome = disclosure.Close(hashlock, position);
            }
            // Where nothing was accepted, nothing waits for R, and the new chain need not either.
            if (outcome is CloseOutcome.Closable or CloseOutcome.NothingAccepted) continue;
            lock (context.Ledger.Gate) context.Problem = ProviderProblems.Of(outcome);
            return false;
        }
        await disclosure.RevealAsync(cancellation);
        lock (context.Ledger.Gate)
        {
            context.Problem = ProviderProblem.None;
            context.SignalChange();
        }
        return true;
    }
}

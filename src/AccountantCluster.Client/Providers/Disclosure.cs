using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// Tells the accountant Rs that may be public, and finds out which one it waits for (protocol §5): on REVEAL_FIRST that may be one of a
/// window that was left behind, because a late copy of a batch was accepted there and signed for.
/// </summary>
internal sealed class Disclosure(ProviderContext context, HandIn handIn)
{
    /// <summary>
    /// Tells the last R with a held promise, if there is one, and the one that the accountant waits for, if it may be public: telling one
    /// twice is harmless.
    /// </summary>
    public async Task RevealAsync(CancellationToken cancellation)
    {
        var awaited = context.IsHeldUp ? await TakeUpLatestAsync(cancellation) : null;
        var held = context.Ledger.Books.Settleable?.Position;
        lock (context.Ledger.Gate) (context.RevealDue, context.IsHeldUp) = (false, false);
        foreach (var position in new[] { held, awaited }.OfType<ChainPosition>().Distinct()) await handIn.TellAsync(position, cancellation);
    }

    // The accountant signed under a window that is not revealed. Its latest promise says which; held durably, it counts for that window.
    private async Task<ChainPosition?> TakeUpLatestAsync(CancellationToken cancellation)
    {
        var latest = await context.Exchange.GetLatestAsync(cancellation);
        if (latest.Promise is not { } promise) return null;
        var held = await context.Verifier.VerifyAsync(promise, context.Ledger.Books, latest.Position, cancellation);
        lock (context.Ledger.Gate)
        {
            if (held is null)
            {
                context.HeldUpBy = ProviderProblem.InvalidAccountantPromise;
                return null;
            }
            context.Ledger.Commit(ProviderRules.DecideHold(context.Ledger.Books, held));
            Close(held);
            return context.Ledger.Books.MayDisclose(held.Position) ? held.Position : null;
        }
    }

    // The open window has its own keeper.
    private void Close(HeldPromise held)
    {
        var books = context.Ledger.Books;
        if (held.Hashlock == books.Open || !books.Windows.ContainsKey(held.Hashlock)) return;
        var outcome = ProviderRules.CanClose(books, held.Hashlock, context.RefusedLimit);
        if (outcome == CloseOutcome.Closable) context.Ledger.Commit([new ProviderEvent.WindowClosed(held.Hashlock, held.Position, null)]);
        context.HeldUpBy = ProviderProblems.Of(outcome);
    }
}

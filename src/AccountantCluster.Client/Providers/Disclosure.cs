using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// Tells the accountant Rs that may be public, and finds out which one it waits for (protocol §5): on REVEAL_FIRST that may be one of a
/// window that was left behind, because a late copy of a batch was accepted there and signed for.
/// </summary>
internal sealed class Disclosure(ProviderContext context, HandIn handIn)
{
    /// <summary>
    /// Tells the Rs that the accountant may not have, and the one that it waits for, if that may be public: telling one twice is harmless.
    /// </summary>
    public async Task RevealAsync(CancellationToken cancellation)
    {
        var awaited = context.IsHeldUp ? await TakeUpLatestAsync(cancellation) : null;
        ChainPosition[] due;
        lock (context.Ledger.Gate)
        {
            due = [.. context.Ledger.Books.ToTell.Union(PublicOf(awaited)).Union(PublicOf(context.LastSignedAt))];
            (context.RevealDue, context.IsHeldUp) = (false, false);
        }
        try
        {
            foreach (var position in due) await handIn.TellAsync(position, cancellation);
            lock (context.Ledger.Gate) context.LastSignedAt = null;
        }
        catch
        {
            lock (context.Ledger.Gate) context.RevealDue = true;
            throw;
        }
    }

    /// <summary>
    /// Closes windows of earlier chains whose refused promises were resolved or written off meanwhile; their Rs are to be told then.
    /// </summary>
    public void CloseEarlier()
    {
        foreach (var (hashlock, position) in context.Ledger.Books.Earlier)
        {
            if (Close(hashlock, position) == CloseOutcome.Closable) context.RevealDue = true;
        }
    }

    /// <summary>Closes a window of an earlier chain, if its R may become public.</summary>
    public CloseOutcome Close(Hashlock hashlock, ChainPosition position)
    {
        lock (context.Ledger.Gate)
        {
            var books = context.Ledger.Books;
            // Opened by a later window of its chain, which was closed meanwhile.
            if (!books.Windows.ContainsKey(hashlock)) return CloseOutcome.Closable;
            var outcome = ProviderRules.CanClose(books, hashlock, context.RefusedLimit);
            if (outcome == CloseOutcome.Closable) context.Ledger.Commit([new ProviderEvent.WindowClosed(hashlock, position, null)]);
            return outcome;
        }
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
            // The open window has its own keeper.
            if (held.Hashlock != context.Ledger.Books.Open)
                context.HeldUpBy = ProviderProblems.Of(Close(held.Hashlock, held.Position));
            return held.Position;
        }
    }

    private ChainPosition[] PublicOf(ChainPosition? position) =>
        position is { } known && context.Ledger.Books.MayDisclose(known) ? [known] : [];
}

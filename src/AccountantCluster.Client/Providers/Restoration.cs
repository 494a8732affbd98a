using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// Brings an accountant whose books were restored from an old backup up to date again (protocol §4): first the evidence, so that it signs
/// nothing lower any more; then the Rs that it forgot; then every promise whose credit it forgot, through the ordinary exchange. All of it
/// is harmless where the accountant had it. No R leaves that the books do not say may be public.
/// </summary>
internal sealed class Restoration(ProviderContext context, HandIn handIn, Disclosure disclosure)
{
    // A node that has just started does not know all deposits yet, and another provider may have to come first.
    private const int MaxAttempts = 10;

    private int _attempts;

    /// <summary>Brings everything. False where some of it is to be brought again; then nothing new is handed in.</summary>
    /// <exception cref="AccountantUnavailableException">The accountant does not answer: everything is brought again.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var isComplete = await ProveAsync(cancellation);
        await disclosure.RevealAsync(cancellation);
        isComplete &= await HandInKeptAsync(cancellation);
        isComplete &= await HandInSecretAsync(cancellation);
        lock (context.Ledger.Gate)
        {
            // What is still refused then is missing in the accountant's next total, and the window that it is missed in stays secret.
            context.IsBehind = !isComplete && ++_attempts < MaxAttempts;
            if (!context.IsBehind) _attempts = 0;
            return !context.IsBehind;
        }
    }

    private async Task<bool> ProveAsync(CancellationToken cancellation)
    {
        var total = context.DiscloseSettleable();
        var isComplete = true;
        foreach (var promises in context.DiscloseEvidence().Chunk(context.Terms!.BatchLimit).DefaultIfEmpty([]))
        {
            if (total is null && promises.Length == 0) break;
            var answer = await context.Exchange.SubmitEvidenceAsync(total, promises, cancellation);
            if (answer.Promises.Append(answer.Total).FirstOrDefault(HandIn.IsNoAnswer) is var reason and not RejectionReason.None)
                throw new AccountantUnavailableException("The accountant does not say whether it takes the evidence.", reason);
            isComplete &= answer.Promises.Append(answer.Total).All(said => said is RejectionReason.None or RejectionReason.AlreadyCovered);
            // Once is enough.
            total = null;
        }
        return isComplete;
    }

    private async Task<bool> HandInKeptAsync(CancellationToken cancellation)
    {
        var books = context.Ledger.Books;
        var isComplete = true;
        foreach (var (top, promises) in KeptPromises.Batches(books, context.Terms!.BatchLimit))
        {
            var r = context.Vault.Disclose(books, top);
            isComplete &= await handIn.HandInAgainAsync(new ExchangeBatch(promises, top, [r], r.ToHashlock()), cancellation);
        }
        return isComplete;
    }

    // Accepted under windows whose R is secret: they wait for it again.
    private async Task<bool> HandInSecretAsync(CancellationToken cancellation)
    {
        var isComplete = true;
        var windows = context.Ledger.Books.Windows
            .OrderBy(pair => pair.Value.Position.Instance).ThenBy(pair => pair.Value.Position.Window);
        foreach (var (hashlock, window) in windows)
        {
            foreach (var promises in window.Latest.Values.OrderBy(promise => promise.Amount).Chunk(context.Terms!.BatchLimit))
                isComplete &= await handIn.HandInAgainAsync(new ExchangeBatch(promises, window.Position, Hashlock: hashlock), cancellation);
        }
        return isComplete;
    }
}

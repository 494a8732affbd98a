using System.Collections.Immutable;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>Hands promises in: durable first, then sent; the answer is verified, made durable, and only then believed.</summary>
internal sealed class HandIn(ProviderContext context)
{
    /// <summary>Promises that were handed in under a window and not answered, in batches.</summary>
    public async Task ResendAsync(Hashlock window, CancellationToken cancellation)
    {
        var unanswered = context.Ledger.Books.HandedIn
            .Where(row => row.Value == RejectionReason.None && row.Key.Hashlock == window)
            .Select(row => row.Key)
            .OrderBy(promise => promise.Agreement.Total)
            .ToArray();
        await SendAsync(window, unanswered, cancellation);
    }

    /// <summary>Hands promises under one window in, in as many batches as the terms ask for, and waits for all answers.</summary>
    public async Task SendAsync(Hashlock window, IReadOnlyList<SignedPromise> promises, CancellationToken cancellation)
    {
        if (promises.Count == 0) return;
        var position = context.Ledger.Books.Windows[window].Position;
        lock (context.Ledger.Gate)
        {
            context.Ledger.Commit([new ProviderEvent.PromisesHandedIn([.. promises])]);
            var handedIn = promises.ToHashSet();
            context.Pending.RemoveAll(handedIn.Contains);
        }
        var batches = promises.Chunk(context.Terms!.BatchLimit).Select(chunk => new ExchangeBatch(chunk, position));
        await Task.WhenAll(batches.Select(batch => ExchangeAsync(batch, cancellation)));
    }

    /// <summary>Asks again for the accountant's promise under a window in which something was accepted.</summary>
    public Task AskAgainAsync(Hashlock window, CancellationToken cancellation)
    {
        var position = context.Ledger.Books.Windows[window].Position;
        return ExchangeAsync(new ExchangeBatch([], position, Hashlock: window), cancellation);
    }

    /// <summary>
    /// Tells the accountant an R that may be public, and has it sign under that window: even where nothing of it is known there, the R is
    /// remembered then, for a promise that is held up on its way.
    /// </summary>
    public async Task TellAsync(ChainPosition position, CancellationToken cancellation)
    {
        var r = context.Vault.Disclose(context.Ledger.Books, position);
        var answer = await ExchangeAsync(new ExchangeBatch([], position, [r], r.ToHashlock()), cancellation);
        if (answer.Reveals is [var reason] && IsNoAnswer(reason))
            throw new AccountantUnavailableException("The accountant does not say whether it has R.", answer.Reveals[0]);
        lock (context.Ledger.Gate) context.Ledger.Commit([new ProviderEvent.RevealAcknowledged(position)]);
    }

    /// <summary>
    /// Hands in promises that were accepted before, which the accountant may have forgotten. What it says of them changes no books.
    /// </summary>
    /// <returns>Whether all of their credit is with the accountant again, as far as it can be.</returns>
    /// <exception cref="AccountantUnavailableException">It does not say.</exception>
    public async Task<bool> HandInAgainAsync(ExchangeBatch batch, CancellationToken cancellation)
    {
        var reasons = (await ExchangeAsync(batch, cancellation)).Promises.Select(result => result.Reason).ToArray();
        if (reasons.FirstOrDefault(IsNoAnswer) is var reason and not RejectionReason.None)
            throw new AccountantUnavailableException("The accountant does not say whether it has a promise again.", reason);
        // Of a closed agreement the accountant knows the sum alone.
        return reasons.All(said => said is RejectionReason.None or RejectionReason.AlreadyCovered or RejectionReason.AgreementClosed);
    }

    /// <summary>Whether a reason means only that it was not done for now.</summary>
    public static bool IsNoAnswer(RejectionReason reason) =>
        reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded or RejectionReason.LimitExceeded;

    private async Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation)
    {
        var answer = await context.Exchange.ExchangeAsync(batch, cancellation);
        var held = answer.Promise is { } promise
            ? await context.Verifier.VerifyAsync(promise, context.Ledger.Books, batch.Position, cancellation)
            : null;
        lock (context.Ledger.Gate)
        {
            var reasons = answer.Promises.Select(result => result.Reason).ToArray();
            context.Ledger.Commit(ProviderRules.DecideAnswer(context.Ledger.Books, batch.Promises, reasons, held));
            if (answer.Promise is not null && held is null) context.Problem = ProviderProblem.InvalidAccountantPromise;
            // No bytes where the batch was refused as a whole.
            context.IsBehind |= !answer.Promised.IsZero && ProviderRules.IsBehind(context.Ledger.Books, answer.Promised);
            if (answer.Reason == RejectionReason.RevealFirst) (context.RevealDue, context.IsHeldUp) = (true, true);
            else if (held is not null) context.HeldUpBy = ProviderProblem.None;
            for (var i = 0; i < batch.Promises.Count; i++) Tell(batch.Promises[i], answer.Promises[i]);
            context.SignalChange();
        }
        return answer;
    }

    private void Tell(SignedPromise promise, PromiseResult result)
    {
        var (books, key) = (context.Ledger.Books, ProviderBooks.KeyOf(promise));
        if (books.HandedIn.TryGetValue(promise, out var reason))
        {
            // Unanswered: it will be handed in again, and whoever waits goes on waiting.
            if (reason == RejectionReason.None) return;
            Complete(promise, PaymentOutcome.Refused(new Rejection(promise, reason, result.Expected, result.Proof)));
            return;
        }
        context.Desk.Accepted(books, key);
        var covered = context.Waiting.Keys
            .Where(other => ProviderBooks.KeyOf(other) == key && other.Agreement.Total <= promise.Agreement.Total)
            .ToImmutableArray();
        foreach (var other in covered) Complete(other, PaymentOutcome.Accepted);
    }

    private void Complete(SignedPromise promise, PaymentOutcome outcome)
    {
        if (context.Waiting.Remove(promise, out var waiting)) waiting.TrySetResult(outcome);
    }
}

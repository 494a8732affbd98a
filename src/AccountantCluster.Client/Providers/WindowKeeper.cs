using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>Decides when the open window closes and the next one opens, which makes R public (protocol §5).</summary>
internal sealed class WindowKeeper(ProviderContext context, HandIn handIn, Disclosure disclosure)
{
    // While the closing window waits for promises that are on their way.
    private static readonly TimeSpan ClosingLook = TimeSpan.FromMilliseconds(20);

    private int _questions;

    /// <summary>How long nothing has to be looked at; infinite while nothing is under the window.</summary>
    public TimeSpan UntilDue()
    {
        lock (context.Ledger.Gate)
        {
            if (context.ClosingSince is not null) return ClosingLook;
            if (!IsUsed(context.Ledger.Books)) return Timeout.InfiniteTimeSpan;
            var left = context.Options.WindowDuration - context.Time.GetElapsedTime(context.WindowOpenedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Whether something was handed in and not answered: it is handed in again after a pause.</summary>
    public bool HasUnanswered()
    {
        var books = context.Ledger.Books;
        return books.HandedIn.Any(row => row.Value == RejectionReason.None && row.Key.Hashlock == books.Open);
    }

    /// <summary>Closes the window if it is due and may be closed; whatever is missing is asked for.</summary>
    /// <param name="atOnce">Due in any case.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>Closable: it is closed, or there was nothing to close. Unanswered: not yet. Otherwise why it stays open.</returns>
    public async Task<CloseOutcome> LookAsync(bool atOnce, CancellationToken cancellation)
    {
        var outcome = Try(atOnce, out var window);
        if (outcome == CloseOutcome.NotPromised && _questions < context.Options.MaxQuestions)
        {
            _questions++;
            if (context.RevealDue) await disclosure.RevealAsync(cancellation);
            await handIn.AskAgainAsync(window, cancellation);
            outcome = Try(atOnce, out _);
        }
        if (outcome == CloseOutcome.Closable) _questions = 0;
        return outcome;
    }

    private CloseOutcome Try(bool atOnce, out Hashlock window)
    {
        lock (context.Ledger.Gate)
        {
            var books = context.Ledger.Books;
            window = books.Open;
            if (!IsUsed(books)) return CloseOutcome.Closable;
            if (context.ClosingSince is null)
            {
                if (!atOnce && !IsDue(books)) return CloseOutcome.Unanswered;
                context.ClosingSince = context.Time.GetTimestamp();
            }
            if (context.Pending.Count > 0 || IsPromiseOnItsWay(books)) return CloseOutcome.Unanswered;

            var outcome = ProviderRules.CanClose(books, window, context.RefusedLimit);
            Carry(books, outcome);
            return outcome;
        }
    }

    private void Carry(ProviderBooks books, CloseOutcome outcome)
    {
        switch (outcome)
        {
            case CloseOutcome.Closable:
                Close(books);
                context.Problem = ProviderProblem.None;
                break;
            case CloseOutcome.NothingAccepted:
                context.BeginChain();
                // The new chain does not open the old one's last window by itself.
                context.RevealDue = true;
                break;
            case CloseOutcome.TooMuchRefused:
                context.Problem = ProviderProblem.TooMuchRefused;
                // Its R stays secret, so the window may go on; E bounds what comes under it.
                context.OpenWindow();
                break;
            case CloseOutcome.NotPromised when _questions >= context.Options.MaxQuestions:
                context.Problem = context.HeldUpBy == ProviderProblem.None ? ProviderProblem.Underpaid : context.HeldUpBy;
                _questions = 0;
                // Credit that did not come back after a restore would be missing like this: it is handed in once more.
                context.IsBehind = true;
                context.OpenWindow();
                break;
        }
    }

    private void Close(ProviderBooks books)
    {
        var position = books.Windows[books.Open].Position;
        if (position.Window + 1 >= ProtocolLimits.WindowsPerChain)
        {
            context.BeginChain([new ProviderEvent.WindowClosed(books.Open, position, null)]);
            context.RevealDue = true;
            return;
        }
        var next = context.Vault.Hashlock(position with { Window = position.Window + 1 });
        context.Ledger.Commit([new ProviderEvent.WindowClosed(books.Open, position, next)]);
        context.OpenWindow();
    }

    private static bool IsUsed(ProviderBooks books) =>
        books.Windows.TryGetValue(books.Open, out var window) && window.IsUsed;

    // Half of E leaves room for what is on its way.
    private bool IsDue(ProviderBooks books) =>
        context.Time.GetElapsedTime(context.WindowOpenedAt) >= context.Options.WindowDuration
        || books.Windows[books.Open].AcceptedBy.Values.Any(accepted => accepted.Credit.Units >= context.ExposureLimit.Units / 2)
        || books.HandedIn.Any(row => row.Value == RejectionReason.RevealFirst && row.Key.Hashlock == books.Open);

    private bool IsPromiseOnItsWay(ProviderBooks books)
    {
        var now = context.Time.GetTimestamp();
        var grace = (long)(context.Options.InvoiceGrace.TotalSeconds * context.Time.TimestampFrequency);
        return context.Desk.AwaitsAny(books.Open, now - grace);
    }
}

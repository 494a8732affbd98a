using System.Threading.Channels;
using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// The one thread of a provider's account: hands in what came, closes windows, reveals. In cycles, so that a batch carries whatever came
/// while the one before was on its way.
/// </summary>
internal sealed class ProviderLoop(
    ProviderContext context,
    HandIn handIn,
    Disclosure disclosure,
    WindowKeeper keeper,
    Recovery recovery,
    Restoration restoration)
{
    // Batches of one cycle, where the accountant's terms allow more.
    private const int MaxBatches = 8;

    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly List<TaskCompletionSource<bool>> _closing = [];
    private bool _mustOpen;
    private bool _isRecovered;
    private long _feeReadAt;

    /// <summary>There is something to do.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Closes the open window and reveals it. True where everything accepted is revealed then.</summary>
    public Task<bool> CloseSessionAsync()
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (context.Ledger.Gate) _closing.Add(done);
        Wake();
        return done.Task;
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _feeReadAt = context.Time.GetTimestamp();
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var pause = await TryAsync(cancellation);
                await WaitAsync(pause, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end.
        }
        catch
        {
            // Whoever disposes the account hears of it.
            lock (context.Ledger.Gate) context.Problem = ProviderProblem.Stopped;
            throw;
        }
        finally
        {
            GiveUp();
        }
    }

    private async Task<TimeSpan> TryAsync(CancellationToken cancellation)
    {
        try
        {
            if (_mustOpen) await recovery.OpenAsync(cancellation);
            _mustOpen = false;
            if (context.IsBehind && !await restoration.RunAsync(cancellation)) return context.Options.PauseAfterFailure;
            if (!_isRecovered) _isRecovered = await recovery.RunAsync(cancellation);
            if (!_isRecovered) return context.Options.PauseAfterFailure;
            await CycleAsync(cancellation);
            // An answer showed it.
            if (context.IsBehind) return TimeSpan.Zero;
            return keeper.HasUnanswered() ? context.Options.PauseAfterFailure : keeper.UntilDue();
        }
        catch (AccountantRestoredException)
        {
            _mustOpen = true;
        }
        catch (AccountantUnavailableException)
        {
            lock (context.Ledger.Gate)
            {
                if (context.Problem != ProviderProblem.FeeTooHigh) context.Problem = ProviderProblem.AccountantUnavailable;
            }
        }
        catch (EthereumException)
        {
            lock (context.Ledger.Gate) context.Problem = ProviderProblem.ChainUnavailable;
        }
        catch (SqliteException)
        {
            lock (context.Ledger.Gate) context.Problem = ProviderProblem.StoreFailed;
        }
        return context.Options.PauseAfterFailure;
    }

    private async Task CycleAsync(CancellationToken cancellation)
    {
        if (context.Time.GetElapsedTime(_feeReadAt) >= context.Options.FeeReading)
        {
            await recovery.ReadFeeAsync(cancellation);
            _feeReadAt = context.Time.GetTimestamp();
        }
        disclosure.CloseEarlier();
        if (context.RevealDue) await disclosure.RevealAsync(cancellation);

        var window = context.Ledger.Books.Open;
        await handIn.ResendAsync(window, cancellation);
        await handIn.SendAsync(window, PeekPending(), cancellation);
        await LookAsync(cancellation);
        lock (context.Ledger.Gate)
        {
            if (context.Pending.Count > 0) Wake();
        }
    }

    private SignedPromise[] PeekPending()
    {
        lock (context.Ledger.Gate)
        {
            var terms = context.Terms!;
            var count = Math.Min(context.Pending.Count, terms.BatchLimit * Math.Min(terms.RequestsInFlightLimit, MaxBatches));
            return [.. context.Pending.Take(count)];
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<bool>[] closing;
        lock (context.Ledger.Gate) closing = [.. _closing];
        var outcome = await keeper.LookAsync(atOnce: closing.Length > 0, cancellation);
        if (closing.Length == 0 || outcome == CloseOutcome.Unanswered) return;

        if (outcome is CloseOutcome.Closable or CloseOutcome.NothingAccepted) await disclosure.RevealAsync(cancellation);
        lock (context.Ledger.Gate) _closing.RemoveAll(closing.Contains);
        foreach (var done in closing) done.TrySetResult(outcome is CloseOutcome.Closable or CloseOutcome.NothingAccepted);
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var due = new CancellationTokenSource(pause, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, cancellation);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Due.
        }
    }

    private void GiveUp()
    {
        lock (context.Ledger.Gate)
        {
            foreach (var waiting in context.Waiting.Values) waiting.TrySetCanceled();
            foreach (var closing in _closing) closing.TrySetCanceled();
            context.Waiting.Clear();
            _closing.Clear();
        }
    }
}

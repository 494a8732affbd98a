using AccountantCluster.Chain;
using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.WayOut;

/// <summary>The books of an account in this process.</summary>
internal sealed class AccountBooks(ProviderAccount account, TimeProvider time) : IWatchedBooks
{
    // Where it was high already, and that look could not help, the next one is soon enough.
    private bool _wasNear;

    public Task<BooksView?> ReadAsync(ProviderChannelOnChain channel, CancellationToken cancellation = default)
    {
        account.SetChannel(channel);
        var view = BooksView.Of(account);
        _wasNear = view.IsRiskNearLimit;
        return Task.FromResult<BooksView?>(view);
    }

    public async Task WaitAsync(TimeSpan pause, CancellationToken cancellation = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var due = Task.Delay(pause, time, end.Token);
        while (!due.IsCompleted)
        {
            var changed = account.Changed;
            if (!_wasNear && account.IsRiskNearLimit) break;
            // Without a limit nothing can come close to it.
            if (_wasNear || account.RiskLimit is null) await due;
            else await Task.WhenAny(due, changed);
        }
        await end.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}

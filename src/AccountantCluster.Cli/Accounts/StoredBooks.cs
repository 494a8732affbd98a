using AccountantCluster.Chain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.WayOut;

namespace AccountantCluster.Cli.Accounts;

/// <summary>Books on the disk, watched over between the commands that use them.</summary>
internal sealed class StoredBooks(ProviderStorage storage, ProviderOptions options, TimeProvider time) : IWatchedBooks
{
    public async Task<BooksView?> ReadAsync(ProviderChannelOnChain channel, CancellationToken cancellation = default)
    {
        try
        {
            await using var account = storage.Open(options);
            account.SetChannel(channel);
            return BooksView.Of(account);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    // Nobody tells what another process writes meanwhile.
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellation = default) => Task.Delay(pause, time, cancellation);
}

using AccountantCluster.Chain;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// The books that a <see cref="ProviderWatch"/> watches over: an account in this process, or a store that is opened for a moment.
/// </summary>
public interface IWatchedBooks
{
    /// <summary>Tells the books what the chain says of the provider's channel, and reads what they say then.</summary>
    /// <returns>Null where they cannot be read now, because another process has them: the watch goes on with what it read before.</returns>
    Task<BooksView?> ReadAsync(ProviderChannelOnChain channel, CancellationToken cancellation = default);

    /// <summary>Ends after the pause, or before, where the risk has come close to its limit meanwhile.</summary>
    Task WaitAsync(TimeSpan pause, CancellationToken cancellation = default);
}

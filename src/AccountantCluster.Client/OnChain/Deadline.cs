using AccountantCluster.Chain;

namespace AccountantCluster.Client.OnChain;

/// <summary>Until when a message that is signed now holds.</summary>
public static class Deadline
{
    /// <summary>By the later one of both clocks: the chain judges by its own, everybody else by this machine's kind.</summary>
    /// <param name="newest">The chain's newest block.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="validity">For how long it holds.</param>
    /// <returns>Unix time in seconds.</returns>
    public static ulong After(Block newest, TimeProvider time, TimeSpan validity) =>
        Math.Max((ulong)time.GetUtcNow().ToUnixTimeSeconds(), newest.Timestamp) + (ulong)validity.TotalSeconds;

    /// <inheritdoc cref="After"/>
    /// <param name="client">The way to the chain.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="validity">For how long it holds.</param>
    /// <param name="cancellation">Ends the wait for the chain.</param>
    /// <exception cref="EthereumUnavailableException">The chain does not answer.</exception>
    public static async Task<ulong> AfterNowAsync(
        IEthereumClient client, TimeProvider time, TimeSpan validity, CancellationToken cancellation = default) =>
        After(await client.GetNewestBlockAsync(cancellation), time, validity);
}

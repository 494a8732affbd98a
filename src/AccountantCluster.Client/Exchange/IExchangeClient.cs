using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// A provider's way to its accountant. Sees to deadlines, repetition and back-off; what comes back is well-formed and not verified. Safe
/// for concurrent use.
/// </summary>
public interface IExchangeClient : IAsyncDisposable
{
    /// <summary>
    /// Opens the session, where it is not open, and says what the accountant said. From then on what it says now is what counts, even if it
    /// said more before (<see cref="AccountantRestoredException"/>).
    /// </summary>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached, refuses the session, or is another one than
    /// meant.</exception>
    Task<OpenedSession> OpenAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Asks for the accountant's latest promise to this provider, as of now: an answer that never came, or one to a batch that was held up
    /// on its way, may have raised it since the session opened.
    /// </summary>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached, or refuses.</exception>
    Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Hands in one batch. Where nobody can say within the deadline what became of it, the answer's reason is OUTCOME_UNKNOWN; handing in
    /// again is harmless.
    /// </summary>
    /// <exception cref="ArgumentException">The batch has more promises than the accountant's terms allow.</exception>
    /// <exception cref="AccountantRestoredException">The session opened again, and the accountant's latest promise is lower than one that
    /// it gave before: nothing was handed in, and nothing is before <see cref="OpenAsync"/>.</exception>
    /// <exception cref="AccountantUnavailableException">The session is refused.</exception>
    Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default);

    /// <summary>
    /// Brings back what the provider kept, after the accountant's books were restored from an old backup. Bringing it again is harmless.
    /// The Rs become public with it.
    /// </summary>
    /// <param name="total">The accountant's promise to this provider; null for none.</param>
    /// <param name="promises">Consumers' promises to this provider, as many as the terms allow in a batch.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached, or refuses.</exception>
    Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default);
}

using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Sends other people's transactions and is paid in tokens inside the same call (paper §4.6). One node of its cluster is at it; the others
/// wait until they are needed. Safe for concurrent use.
/// </summary>
public interface ITransactionMaker
{
    /// <summary>What clients must know.</summary>
    MakerTerms Terms { get; }

    /// <summary>Whether it is this node that sends.</summary>
    bool IsHere { get; }

    /// <summary>What a job of some shape costs; null where that is not known now.</summary>
    /// <exception cref="MakerAwayException">Nobody answers here.</exception>
    Task<SealedQuote?> QuoteAsync(JobShape shape, CancellationToken cancellation);

    /// <summary>Takes a job, once: the same job under the same client id is the same job. Answered when that is durable.</summary>
    /// <param name="offer">The job; its signatures were verified.</param>
    /// <param name="quote">A quote that the client was given; null for none, then the fee of now counts.</param>
    /// <param name="cancellation">Ends the wait; the job may have been taken.</param>
    /// <exception cref="MakerAwayException">Nobody answers here; the job may have been taken, and asking again is harmless.</exception>
    Task<JobAnswer> SubmitAsync(JobOffer offer, SealedQuote? quote, CancellationToken cancellation);

    /// <summary>Where a job stands; null where nothing is known of it.</summary>
    /// <exception cref="MakerAwayException">Nobody answers here.</exception>
    Task<JobStanding?> FindAsync(Bytes32 job, CancellationToken cancellation);
}

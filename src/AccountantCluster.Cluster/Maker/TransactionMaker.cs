using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The way to the transaction maker of this node.</summary>
internal sealed class TransactionMaker(MakerPort port, MakerOptions options) : ITransactionMaker
{
    /// <inheritdoc/>
    public MakerTerms Terms { get; } = new(
        options.Lane.ChainId, options.Registry, options.Token, options.Receiver, options.Limits.RowsPerRecovery);

    /// <inheritdoc/>
    public bool IsHere => port.Current is not null;

    /// <inheritdoc/>
    public async Task<SealedQuote?> QuoteAsync(JobShape shape, CancellationToken cancellation) =>
        (await AskAsync<QuoteAnswer>(new AskQuote(shape), cancellation)).Quote;

    /// <inheritdoc/>
    public Task<JobAnswer> SubmitAsync(JobOffer offer, SealedQuote? quote, CancellationToken cancellation) =>
        AskAsync<JobAnswer>(new SubmitJob(offer, quote), cancellation);

    /// <inheritdoc/>
    public async Task<JobStanding?> FindAsync(Bytes32 job, CancellationToken cancellation) =>
        (await AskAsync<JobFound>(new FindJob(job), cancellation)).Standing;

    private async Task<T> AskAsync<T>(object question, CancellationToken cancellation)
    {
        if (port.Current is not { } maker) throw new MakerAwayException("This node does not send transactions now.");
        try
        {
            return await maker.Ask<T>(question, ClusterLimits.MakerAnswer, cancellation);
        }
        catch (AskTimeoutException problem)
        {
            throw new MakerAwayException("The transaction maker does not answer.", problem);
        }
    }
}

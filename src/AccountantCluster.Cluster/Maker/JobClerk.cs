using AccountantCluster.Chain;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>Looks at what a client brings before it is taken: the parts that need the chain. Safe for concurrent use.</summary>
internal sealed class JobClerk(JobChain chain, JobPricing pricing, MakerOptions options, TimeProvider time)
{
    /// <summary>A job, or why it is none.</summary>
    public async Task<JobPrepared> PrepareAsync(SubmitJob submitted, IActorRef asking, CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(submitted, asking, cancellation);
        }
        catch (EthereumException)
        {
            return new JobPrepared(asking, null, JobAnswer.Because(JobReason.Overloaded, "the chain does not answer now"));
        }
    }

    private async Task<JobPrepared> LookAsync(SubmitJob submitted, IActorRef asking, CancellationToken cancellation)
    {
        var offer = submitted.Offer;
        var block = await chain.NewestAsync(cancellation);
        if (!await chain.IsAccountantAsync(offer.Accountant, block, cancellation))
            return Refuse(JobReason.UnknownAccountant, $"{offer.Accountant} is none of this registry's");
        if (offer.Deadline < block.Timestamp + (ulong)options.Limits.LeastValidity.TotalSeconds)
            return Refuse(JobReason.DeadlineTooSoon, $"it must leave {options.Limits.LeastValidity.TotalMinutes} minutes");
        if (await pricing.QuoteAsync(offer.Shape, cancellation) is not { } fresh)
            return Refuse(JobReason.Overloaded, "nobody knows now what the token is worth");

        // What was quoted holds; without a quote, or with one that is over, what gas costs now.
        var isHeld = submitted.Quote is { } quote && pricing.Holds(quote, offer.Shape);
        var job = offer.ToJob(isHeld ? submitted.Quote!.Quote.Fee : fresh.Quote.Fee, (ulong)time.GetUtcNow().ToUnixTimeSeconds());
        var aim = await chain.AimAsync(job, block, cancellation);
        if (aim.Reach != JobReach.None) return Refuse(JobReason.WouldRevert, "it has been done already");
        if (aim.Pays is not { } pays) return Refuse(JobReason.WouldRevert, $"{aim.Error}");
        if (pays >= job.Pay.Least) return new JobPrepared(asking, job, null);
        var reason = submitted.Quote is null || isHeld ? JobReason.FeeTooLow : JobReason.QuoteExpired;
        return new JobPrepared(asking, null, new JobAnswer(null, reason, $"it would pay {pays}, and {job.Pay.Least} is asked", fresh));

        JobPrepared Refuse(JobReason reason, string detail) => new(asking, null, JobAnswer.Because(reason, detail));
    }
}

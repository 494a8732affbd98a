using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Edge;

/// <summary>
/// The way of one batch: bounded, read, verified, handed to the cluster without what was found bad here, and answered with one result per
/// item, in the order of the batch. A batch that fails is an answer with a reason, never an exception, so that it cannot hurt its
/// neighbours.
/// </summary>
internal sealed class BatchProcessor(
    IExchange exchange,
    PromiseVerifier verifier,
    ItemsInFlight inFlight,
    BadPromises bad,
    EdgeLimits limits,
    EdgeMetrics metrics,
    TimeProvider time,
    ILogger<BatchProcessor> logger)
{
    /// <summary>The answer to a batch of <paramref name="caller"/>, the identity that opened the session.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone; whatever was handed to the cluster may have been done.</exception>
    public async Task<Wire.Answer> ProcessAsync(Address caller, Wire.Batch batch, CancellationToken cancellation)
    {
        var answer = await TryProcessAsync(caller, batch, cancellation);
        answer.RequestId = batch.RequestId;
        metrics.Answered(answer);
        return answer;
    }

    private async Task<Wire.Answer> TryProcessAsync(Address caller, Wire.Batch batch, CancellationToken cancellation)
    {
        if (batch.Promises.Count > limits.PromisesPerBatch || batch.Reveals.Count > limits.RevealsPerBatch)
            return AnswerWriter.Refused(batch, RejectionReason.LimitExceeded);
        // A look into a table, before anything that costs a signature.
        if (bad.IsRefused(caller)) return AnswerWriter.Refused(batch, RejectionReason.LimitExceeded);
        if (!WireReader.TryReadHashlock(batch.Hashlock, out var hashlock) || !WireReader.TryReadPosition(batch.Position, out var position))
            return AnswerWriter.Refused(batch, RejectionReason.Malformed);

        var items = batch.Promises.Count + batch.Reveals.Count;
        if (!inFlight.TryEnter(items)) return AnswerWriter.Refused(batch, RejectionReason.Overloaded);
        try
        {
            return await ExchangeAsync(caller, batch, hashlock, position, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A fault behind the seam is this batch's, and nobody can say how far it got.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "A batch of {Caller} failed unexpectedly.", caller);
            return AnswerWriter.Refused(batch, RejectionReason.OutcomeUnknown);
        }
        finally
        {
            inFlight.Leave(items);
        }
    }

    private async Task<Wire.Answer> ExchangeAsync(
        Address caller, Wire.Batch batch, Hashlock? hashlock, ChainPosition? position, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var verdicts = await verifier.VerifyAsync(caller, batch.Promises, cancellation);
        if (verdicts is not null) bad.Add(caller, verdicts.Count(verdict => verdict.Reason != RejectionReason.None));
        var remaining = limits.RequestDeadline - time.GetElapsedTime(begin);
        // Nothing was handed over yet: this can still be said for certain.
        if (verdicts is null || remaining <= TimeSpan.Zero) return AnswerWriter.Refused(batch, RejectionReason.Overloaded);

        var reveals = new List<Preimage>(batch.Reveals.Count);
        foreach (var bytes in batch.Reveals)
        {
            if (WireFormat.TryReadPreimage(bytes.Span, out var r, out _)) reveals.Add(r);
        }
        var promises = new List<VerifiedPromise>(verdicts.Length);
        foreach (var verdict in verdicts)
        {
            if (verdict.Reason == RejectionReason.None) promises.Add(verdict.Promise);
        }

        // The cluster keeps the deadline itself; twice that is for the case that it does not, which must not hold the stream for ever.
        var answer = await exchange
            .ExchangeAsync(new ExchangeRequest(caller, reveals, promises, hashlock, position), remaining, cancellation)
            .WaitAsync(2 * remaining, time, cancellation);
        if (answer.Reveals.Count != reveals.Count || answer.Promises.Count != promises.Count)
            throw new InvalidOperationException("The cluster's answer does not have one result per item.");
        return AnswerWriter.Merge(batch, verdicts, answer);
    }
}

using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Edge;

/// <summary>
/// The way of evidence: bounded, verified, handed to the channels without what was found bad here, and answered with one reason per item.
/// </summary>
internal sealed class EvidenceProcessor(
    IEvidence evidence,
    EvidenceCheck check,
    ItemsInFlight inFlight,
    BadPromises bad,
    EdgeLimits limits,
    EdgeMetrics metrics,
    TimeProvider time,
    ILogger<EvidenceProcessor> logger)
{
    private int _atWork;

    /// <summary>The answer to what <paramref name="caller"/>, the identity that signed the session, brings.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone; what was handed to the channels may have been done.</exception>
    public async Task<Wire.SubmitEvidenceResponse> ProcessAsync(
        Address caller, Wire.SubmitEvidenceRequest request, CancellationToken cancellation)
    {
        var response = await TryProcessAsync(caller, request, cancellation);
        metrics.Answered(request, response);
        return response;
    }

    private async Task<Wire.SubmitEvidenceResponse> TryProcessAsync(
        Address caller, Wire.SubmitEvidenceRequest request, CancellationToken cancellation)
    {
        if (request.Promises.Count > limits.PromisesPerBatch) return Refused(request, RejectionReason.LimitExceeded);
        // A look into a table, before anything that costs a signature.
        if (bad.IsRefused(caller)) return Refused(request, RejectionReason.LimitExceeded);

        var items = request.Promises.Count + 1;
        if (!inFlight.TryEnter(items)) return Refused(request, RejectionReason.Overloaded);
        try
        {
            if (Interlocked.Increment(ref _atWork) > limits.EvidenceCalls) return Refused(request, RejectionReason.Overloaded);
            return await ProveAsync(caller, request, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A fault behind the seam is this call's, and nobody can say how far it got.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "Evidence of {Caller} failed unexpectedly.", caller);
            return Refused(request, RejectionReason.OutcomeUnknown);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
            inFlight.Leave(items);
        }
    }

    private async Task<Wire.SubmitEvidenceResponse> ProveAsync(
        Address caller, Wire.SubmitEvidenceRequest request, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var promises = await check.CheckPromisesAsync(caller, request.Promises, cancellation);
        if (promises is null) return Refused(request, RejectionReason.Overloaded);
        var total = request.Total is { } brought ? await CheckTotalAsync(caller, brought, cancellation) : (VerifiedTotal?)null;
        bad.Add(caller, promises.Select(item => item.Reason).Append(total?.Reason ?? RejectionReason.None).Count(IsBad));
        var remaining = limits.RequestDeadline - time.GetElapsedTime(begin);
        // Nothing was handed over yet: this can still be said for certain.
        if (remaining <= TimeSpan.Zero) return Refused(request, RejectionReason.Overloaded);

        var proving = Task.WhenAll(promises.Select(item => ProveAsync(item, remaining, cancellation)));
        var provingTotal = total is { } known ? ProveAsync(caller, known, remaining, cancellation) : Task.FromResult(RejectionReason.None);
        // The cluster keeps the deadline itself; twice that is for the case that it does not.
        await Task.WhenAll(proving, provingTotal).WaitAsync(2 * remaining, time, cancellation);
        var response = new Wire.SubmitEvidenceResponse { Total = (await provingTotal).ToWire() };
        response.Promises.AddRange((await proving).Select(reason => reason.ToWire()));
        return response;
    }

    // A chain that does not answer must not hold the call longer than the cluster may.
    private async Task<VerifiedTotal> CheckTotalAsync(Address caller, Wire.ProviderEvidence brought, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(limits.RequestDeadline / 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await check.CheckTotalAsync(caller, brought, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return RejectionReason.OutcomeUnknown;
        }
    }

    private Task<RejectionReason> ProveAsync(VerifiedEvidence item, TimeSpan deadline, CancellationToken cancellation) =>
        item.Reason == RejectionReason.None
            ? evidence.ProvePromiseAsync(item.Promise, item.R, deadline, cancellation)
            : Task.FromResult(item.Reason);

    private Task<RejectionReason> ProveAsync(Address caller, VerifiedTotal total, TimeSpan deadline, CancellationToken cancellation) =>
        total.Reason == RejectionReason.None
            ? evidence.ProveTotalAsync(caller, total.Promise, total.R, deadline, cancellation)
            : Task.FromResult(total.Reason);

    // What an honest provider never brings; the others are nobody's fault.
    private static bool IsBad(RejectionReason reason) =>
        reason is not (RejectionReason.None or RejectionReason.OutcomeUnknown or RejectionReason.Overloaded);

    private static Wire.SubmitEvidenceResponse Refused(Wire.SubmitEvidenceRequest request, RejectionReason reason)
    {
        var response = new Wire.SubmitEvidenceResponse();
        if (request.Total is not null) response.Total = reason.ToWire();
        response.Promises.AddRange(Enumerable.Repeat(reason.ToWire(), request.Promises.Count));
        return response;
    }
}

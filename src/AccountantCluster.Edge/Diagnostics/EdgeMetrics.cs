using System.Diagnostics.Metrics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// The edge's instruments, in the meter <c>AccountantCluster.Edge</c>. The tag <c>reason</c> is a name of the closed set, or ACCEPTED.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>accountant.edge.promises</term><description>counter: promises answered, by <c>reason</c></description></item>
/// <item><term>accountant.edge.batches</term><description>counter: batches answered, by <c>reason</c>: why nothing was signed, or why the
/// batch was refused</description></item>
/// <item><term>accountant.edge.evidence</term><description>counter: promises brought as evidence, by <c>reason</c></description></item>
/// <item><term>accountant.edge.openings</term><description>counter: registrations handed in before they are mined, by
/// <c>reason</c></description></item>
/// <item><term>accountant.edge.refused_calls</term><description>counter: calls and streams that ended with a reason</description></item>
/// <item><term>accountant.edge.streams</term><description>gauge: open streams</description></item>
/// <item><term>accountant.edge.items_in_flight</term><description>gauge: promises and reveals read and not answered</description></item>
/// <item><term>accountant.edge.verification_queue</term><description>gauge: signatures waiting for verification</description></item>
/// </list>
/// </remarks>
internal sealed class EdgeMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AccountantCluster.Edge";

    private const string ReasonTag = "reason";

    private readonly Counter<long> _promises;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _evidence;
    private readonly Counter<long> _openings;
    private readonly Counter<long> _refusedCalls;

    public EdgeMetrics(IMeterFactory factory, StreamGate gate, ItemsInFlight items, VerificationPool pool)
    {
        var meter = factory.Create(MeterName);
        _promises = meter.CreateCounter<long>("accountant.edge.promises", "{promise}");
        _batches = meter.CreateCounter<long>("accountant.edge.batches", "{batch}");
        _evidence = meter.CreateCounter<long>("accountant.edge.evidence", "{promise}");
        _openings = meter.CreateCounter<long>("accountant.edge.openings", "{registration}");
        _refusedCalls = meter.CreateCounter<long>("accountant.edge.refused_calls", "{call}");
        meter.CreateObservableGauge("accountant.edge.streams", () => gate.Open, "{stream}");
        meter.CreateObservableGauge("accountant.edge.items_in_flight", () => items.Count, "{item}");
        meter.CreateObservableGauge("accountant.edge.verification_queue", () => pool.Waiting, "{signature}");
    }

    /// <summary>A batch was answered.</summary>
    public void Answered(Wire.Answer answer)
    {
        _batches.Add(1, Tag((RejectionReason)answer.Reason));
        foreach (var group in answer.Promises.CountBy(promise => promise.Reason))
            _promises.Add(group.Value, Tag((RejectionReason)group.Key));
    }

    /// <summary>Evidence was answered.</summary>
    public void Answered(Wire.SubmitEvidenceRequest request, Wire.SubmitEvidenceResponse response)
    {
        if (request.Total is not null) _evidence.Add(1, Tag((RejectionReason)response.Total));
        foreach (var group in response.Promises.CountBy(reason => reason)) _evidence.Add(group.Value, Tag((RejectionReason)group.Key));
    }

    /// <summary>A registration was answered.</summary>
    public void OpeningAnswered(RejectionReason reason) => _openings.Add(1, Tag(reason));

    /// <summary>A call or stream ended with a reason.</summary>
    public void Refused(string reason) => _refusedCalls.Add(1, new KeyValuePair<string, object?>(ReasonTag, reason));

    private static KeyValuePair<string, object?> Tag(RejectionReason reason) =>
        new(ReasonTag, reason == RejectionReason.None ? "ACCEPTED" : reason.ToName());
}

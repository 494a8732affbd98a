using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>Puts an answer together: always one result per item, in the order of the batch.</summary>
internal static class AnswerWriter
{
    /// <summary>The whole batch was refused here; the accountant's totals were not asked for and are left out.</summary>
    public static Wire.Answer Refused(Wire.Batch batch, RejectionReason reason)
    {
        var answer = new Wire.Answer { Reason = reason.ToWire() };
        answer.Reveals.AddRange(Enumerable.Repeat(reason.ToWire(), batch.Reveals.Count));
        // One message for all: nobody changes it, and it is only written.
        answer.Promises.AddRange(Enumerable.Repeat(new Wire.PromiseResult { Reason = reason.ToWire() }, batch.Promises.Count));
        return answer;
    }

    /// <summary>The cluster's results, with those in between that were found bad before it heard of them.</summary>
    public static Wire.Answer Merge(Wire.Batch batch, PromiseVerdict[] verdicts, ExchangeAnswer outcome)
    {
        var answer = new Wire.Answer
        {
            Promise = outcome.Promise?.ToWire(),
            Reason = outcome.Reason.ToWire(),
            Promised = outcome.Promised.ToWire(),
            Settled = outcome.Settled.ToWire(),
            Balance = outcome.Balance.ToWire(),
            Loan = outcome.Loan.ToWire(),
        };
        var reveal = 0;
        foreach (var bytes in batch.Reveals)
        {
            var reason = bytes.Length == Bytes32.Length ? outcome.Reveals[reveal++] : RejectionReason.Malformed;
            answer.Reveals.Add(reason.ToWire());
        }

        var promise = 0;
        foreach (var verdict in verdicts)
        {
            answer.Promises.Add(verdict.Reason == RejectionReason.None
                ? outcome.Promises[promise++].ToWire()
                : new Wire.PromiseResult { Reason = verdict.Reason.ToWire() });
        }
        return answer;
    }
}

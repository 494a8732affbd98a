using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Records;

/// <summary>An agreement, named as the clients know it.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Id">The service session.</param>
internal readonly record struct AgreementName(Address Consumer, Address Provider, AgreementId Id);

/// <summary>What clients were told was accepted.</summary>
internal static class AcceptedTotals
{
    /// <summary>The highest total of every agreement for which a client holds an accepting answer.</summary>
    public static IReadOnlyDictionary<AgreementName, Amount> Of(IEnumerable<RecordedRequest> requests)
    {
        var totals = new Dictionary<AgreementName, Amount>();
        foreach (var request in requests)
        {
            if (request.Answer is not { } answer) continue;
            foreach (var (promise, result) in request.Batch.Promises.Zip(answer.Promises))
            {
                if (result.Reason is not (RejectionReason.None or RejectionReason.AlreadyCovered)) continue;
                var name = new AgreementName(promise.Consumer, promise.Agreement.Provider, promise.Agreement.Id);
                totals[name] = Amount.Max(totals.GetValueOrDefault(name), promise.Agreement.Total);
            }
        }
        return totals;
    }
}

using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Records;

/// <summary>One request as the client that sent it remembers it.</summary>
internal sealed class RecordedRequest(Address provider, ExchangeBatch batch, Amount highestBefore)
{
    /// <summary>Who sent it.</summary>
    public Address Provider => provider;

    /// <summary>What was sent.</summary>
    public ExchangeBatch Batch => batch;

    /// <summary>The highest total that this provider had in its hands, signed, when it was sent.</summary>
    public Amount HighestBefore => highestBefore;

    /// <summary>What came back; null where the connection broke before.</summary>
    public ExchangeAnswer? Answer { get; set; }

    /// <summary>Both, in one line.</summary>
    public override string ToString()
    {
        var promises = batch.Promises.Select((promise, index) =>
            $"{promise.Consumer.ToString()[..6]} {promise.Amount} for {promise.Agreement.Total}: {Answer?.Promises[index].Reason.ToName()}");
        var answer = Answer is null ? "no answer" : $"{Answer.Reason.ToName()}, signed {Answer.Promise?.Amount}, promised {Answer.Promised}";
        return $"window {batch.Position.Window} [{string.Join(", ", promises)}] -> {answer}";
    }
}

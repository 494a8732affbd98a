using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;

namespace AccountantCluster.Reliability.Checks;

/// <summary>
/// What providers were told against what the journal holds. Pure: no clock, no I/O. Each name is reported with its first finding for a
/// channel; no violation is an empty list.
/// </summary>
internal static class Checker
{
    /// <summary>Everything that must never be, of one run at rest.</summary>
    /// <param name="history">What was sent and heard.</param>
    /// <param name="books">What is stored.</param>
    /// <param name="fee">The accountant's fee on everything that a provider was ever credited.</param>
    public static IReadOnlyList<Violation> Check(History history, StoredBooks books, Func<Amount, Amount> fee)
    {
        var consumers = books.Consumers.ToDictionary(pair => pair.Key, pair => new ConsumerReplay(pair.Key, pair.Value));
        var providers = books.Providers.ToDictionary(pair => pair.Key, pair => new ProviderReplay(pair.Key, pair.Value, fee));
        return
        [
            .. consumers.Values.SelectMany(consumer => consumer.Violations),
            .. providers.Values.SelectMany(provider => provider.Violations),
            .. Conserved(consumers, providers),
            .. AnswerChecks.AcknowledgedIsStored(history, consumers),
            .. AnswerChecks.StoredWasSigned(history, consumers),
            .. AnswerChecks.NobodyAcceptsTwice(history, books),
            .. AnswerChecks.NobodyTakesBack(history),
            .. AnswerChecks.NobodyIsPaidBeyondDeposit(history),
            .. AnswerChecks.HonestPass(history),
            .. TotalChecks.NeverDecrease(history),
            .. TotalChecks.AreJustified(history, providers),
            .. TotalChecks.OwedIsHeld(history),
        ];
    }

    private static IEnumerable<Violation> Conserved(
        IReadOnlyDictionary<Address, ConsumerReplay> consumers, IReadOnlyDictionary<Address, ProviderReplay> providers)
    {
        var credited = consumers.Values.SelectMany(consumer => consumer.CreditedTo.Select(to => (consumer.Consumer, Provider: to.Key)));
        var counted = providers.Values.SelectMany(provider => provider.CreditedBy.Select(by => (Consumer: by.Key, provider.Provider)));
        foreach (var (consumer, provider) in credited.Union(counted))
        {
            var sent = consumers.GetValueOrDefault(consumer)?.CreditedTo.GetValueOrDefault(provider) ?? Amount.Zero;
            var received = providers.GetValueOrDefault(provider)?.CreditedBy.GetValueOrDefault(consumer) ?? Amount.Zero;
            if (sent == received) continue;
            yield return new Violation(
                ViolationKind.NotConserved, $"consumer {consumer} credited {sent} to {provider}, which counts {received}", []);
        }
    }
}

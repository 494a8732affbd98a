using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;

namespace AccountantCluster.Reliability.Checks;

/// <summary>The accountant's own promises.</summary>
internal static class TotalChecks
{
    /// <summary>Whoever asks while holding a total is given no lower one.</summary>
    public static IEnumerable<Violation> NeverDecrease(History history)
    {
        foreach (var provider in history.Calls.Where(call => call.Answer?.Signed is not null).GroupBy(call => call.Provider))
        {
            var answers = provider.OrderBy(call => call.Answer!.Order).ToArray();
            foreach (var call in answers)
            {
                var earlier = answers.TakeWhile(other => other.Answer!.Order < call.Order).MaxBy(other => other.Answer!.Signed!.Amount);
                if (earlier is null || earlier.Answer!.Signed!.Amount <= call.Answer!.Signed!.Amount) continue;
                yield return new Violation(
                    ViolationKind.TotalDecreased,
                    $"{provider.Key} held {earlier.Answer.Signed.Amount} and was given {call.Answer.Signed.Amount}",
                    [earlier.ToString(), call.ToString()]);
                break;
            }
        }
    }

    /// <summary>Every total that somebody holds is the operator's, and was authorised in the journal.</summary>
    public static IEnumerable<Violation> AreJustified(History history, IReadOnlyDictionary<Address, ProviderReplay> providers)
    {
        foreach (var call in history.Calls)
        {
            if (call.Answer?.Signed is not { } signed) continue;
            if (!signed.IsOperators)
                yield return new Violation(
                    ViolationKind.TotalUnjustified, $"{signed.Amount} is not signed by the operator", [call.ToString()]);
            if (providers.GetValueOrDefault(call.Provider)?.Justifies(signed) != true)
                yield return new Violation(
                    ViolationKind.TotalUnjustified,
                    $"{signed.Amount} under {signed.Hashlock} was signed, and is not in the journal",
                    [call.ToString()]);
        }
    }

    /// <summary>Whoever has an answer to everything holds all that it is owed, and no more.</summary>
    public static IEnumerable<Violation> OwedIsHeld(History history) => history.Windows
        .Where(window => window.Owed != window.Held)
        .GroupBy(window => window.Provider)
        .Select(windows => windows.First())
        .Select(window => new Violation(
            ViolationKind.OwedNotHeld, $"{window.Provider} is owed {window.Owed} and holds {window.Held}", []));
}

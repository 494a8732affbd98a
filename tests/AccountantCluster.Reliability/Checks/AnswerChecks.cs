using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;

namespace AccountantCluster.Reliability.Checks;

/// <summary>What was said to promises: against the journal, and against what was said before.</summary>
internal static class AnswerChecks
{
    /// <summary>Every acknowledged total is in the journal.</summary>
    public static IEnumerable<Violation> AcknowledgedIsStored(History history, IReadOnlyDictionary<Address, ConsumerReplay> consumers)
    {
        foreach (var (key, (total, call)) in Acknowledged(history))
        {
            var stored = consumers.GetValueOrDefault(key.Consumer)?.Totals.GetValueOrDefault(key) ?? Amount.Zero;
            if (stored >= total) continue;
            yield return new Violation(
                ViolationKind.Lost, $"{total} of {key} was acknowledged, stored is {stored}", [.. Around(history, call)]);
        }
    }

    /// <summary>No agreement holds more than its consumer ever signed for it.</summary>
    public static IEnumerable<Violation> StoredWasSigned(History history, IReadOnlyDictionary<Address, ConsumerReplay> consumers)
    {
        var signed = history.Calls.SelectMany(call => call.Promises).GroupBy(promise => promise.Key)
            .ToDictionary(group => group.Key, group => group.Max(promise => promise.Total));
        foreach (var (key, stored) in consumers.Values.SelectMany(consumer => consumer.Totals))
        {
            if (stored <= signed.GetValueOrDefault(key)) continue;
            yield return new Violation(
                ViolationKind.Doubled, $"{stored} of {key} is stored, signed were {signed.GetValueOrDefault(key)} at most", []);
        }
    }

    /// <summary>
    /// An answer that says that it added something belongs to one event that added it, and no two answers to the same: one owner took the
    /// promise, once.
    /// </summary>
    public static IEnumerable<Violation> NobodyAcceptsTwice(History history, StoredBooks books)
    {
        var events = books.Consumers.Values.SelectMany(entries => entries).OfType<ConsumerEntry.Accepted>()
            .Select(accepted => (accepted.Promise.Key, accepted.Promise.Total, accepted.Delta)).ToHashSet();
        var taken = new Dictionary<(AgreementKey, Amount), Call>();
        foreach (var call in history.Calls)
        {
            foreach (var (promise, answer) in call.Answered)
            {
                if (answer.Reason != RejectionReason.None) continue;
                if (!events.Contains((promise.Key, promise.Total, answer.Credited)))
                    yield return new Violation(
                        ViolationKind.AnsweredDifferently,
                        $"{promise} was answered with a credit of {answer.Credited}, of which there is no event",
                        [.. Around(history, call)]);
                if (!taken.TryAdd((promise.Key, promise.Total), call))
                    yield return new Violation(
                        ViolationKind.AnsweredDifferently,
                        $"{promise} was accepted twice",
                        [taken[(promise.Key, promise.Total)].ToString(), call.ToString()]);
            }
        }
    }

    /// <summary>What was acknowledged before somebody asked is acknowledged again.</summary>
    public static IEnumerable<Violation> NobodyTakesBack(History history)
    {
        var acknowledged = history.Calls
            .SelectMany(call => call.Answered, (call, item) => (Call: call, item.Promise, item.Answer))
            .Where(item => item.Answer.IsAccepting)
            .GroupBy(item => item.Promise.Key)
            .ToDictionary(group => group.Key, group => group.OrderBy(item => item.Call.Answer!.Order).ToArray());
        foreach (var call in history.Calls)
        {
            foreach (var (promise, answer) in call.Answered)
            {
                if (answer.Reason == RejectionReason.AlreadyCovered || answer.IsOpen) continue;
                var earlier = acknowledged.GetValueOrDefault(promise.Key, [])
                    .FirstOrDefault(item => item.Call.Answer!.Order < call.Order && item.Promise.Total >= promise.Total);
                if (earlier.Call is null) continue;
                yield return new Violation(
                    ViolationKind.AnsweredDifferently,
                    $"{promise} was acknowledged, and then answered with {answer.Reason}",
                    [earlier.Call.ToString(), call.ToString()]);
            }
        }
    }

    /// <summary>What a consumer's providers were told together is not more than it has.</summary>
    public static IEnumerable<Violation> NobodyIsPaidBeyondDeposit(History history)
    {
        foreach (var consumer in Acknowledged(history).GroupBy(pair => pair.Key.Consumer))
        {
            var sum = consumer.Aggregate(Amount.Zero, (total, pair) => total + pair.Value.Total);
            if (sum <= history.Deposits[consumer.Key]) continue;
            yield return new Violation(
                ViolationKind.Overspent,
                $"consumer {consumer.Key} has {history.Deposits[consumer.Key]}, and {sum} was acknowledged",
                [.. consumer.Select(pair => pair.Value.Call.ToString())]);
        }
    }

    /// <summary>No promise of an honest consumer is refused for good.</summary>
    public static IEnumerable<Violation> HonestPass(History history)
    {
        foreach (var call in history.Calls)
        {
            foreach (var (promise, answer) in call.Answered)
            {
                if (answer.IsAccepting || answer.IsOpen || history.DoubleSpenders.Contains(promise.Consumer)) continue;
                yield return new Violation(
                    ViolationKind.HonestRefused, $"{promise} was refused with {answer.Reason}", [.. Around(history, call)]);
            }
        }
    }

    private static Dictionary<AgreementKey, (Amount Total, Call Call)> Acknowledged(History history)
    {
        var totals = new Dictionary<AgreementKey, (Amount Total, Call Call)>();
        foreach (var call in history.Calls)
        {
            foreach (var (promise, answer) in call.Answered)
            {
                if (answer.IsAccepting && promise.Total > totals.GetValueOrDefault(promise.Key).Total)
                    totals[promise.Key] = (promise.Total, call);
            }
        }
        return totals;
    }

    private static IEnumerable<string> Around(History history, Call call)
    {
        var own = history.Calls.Where(other => other.Provider == call.Provider).ToList();
        return Surroundings.Of(own, own.IndexOf(call));
    }
}

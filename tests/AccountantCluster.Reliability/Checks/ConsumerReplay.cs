using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;

namespace AccountantCluster.Reliability.Checks;

/// <summary>A paying channel, added up from its first event by rules written here once more; says what does not hold after each.</summary>
internal sealed class ConsumerReplay
{
    private readonly Dictionary<AgreementKey, Amount> _totals = [];
    private readonly Dictionary<Address, Amount> _creditedTo = [];
    private readonly Dictionary<Hashlock, (Amount Amount, Amount Credit)> _open = [];
    private readonly List<Violation> _violations = [];
    private readonly IReadOnlyList<ConsumerEntry> _entries;
    private Amount _deposited;
    private Amount _promised;
    private Amount _credited;
    private Amount _settleable;

    // Credit that is revealed, or not above settleable.
    private Amount _covered;

    /// <summary>Replays all events of a channel.</summary>
    /// <param name="consumer">Identity of the consumer.</param>
    /// <param name="entries">Its events.</param>
    public ConsumerReplay(Address consumer, IReadOnlyList<ConsumerEntry> entries)
    {
        (Consumer, _entries) = (consumer, entries);
        for (var index = 0; index < entries.Count; index++) Apply(index);
    }

    /// <summary>Identity of the consumer.</summary>
    public Address Consumer { get; }

    /// <summary>The total of every agreement.</summary>
    public IReadOnlyDictionary<AgreementKey, Amount> Totals => _totals;

    /// <summary>Σ deltas of each provider.</summary>
    public IReadOnlyDictionary<Address, Amount> CreditedTo => _creditedTo;

    /// <summary>What did not hold.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    private void Apply(int index)
    {
        var entry = _entries[index];
        Require(index, entry.Number == index + 1, ViolationKind.JournalBroken, $"event {index + 1} is number {entry.Number}");
        switch (entry)
        {
            case ConsumerEntry.Accepted accepted:
                Accept(index, accepted);
                break;
            case ConsumerEntry.Revealed revealed:
                if (_open.Remove(revealed.Hashlock, out var rung)) Cover(rung.Amount, rung.Credit);
                break;
            case ConsumerEntry.Observed observed:
                _deposited = observed.Deposited;
                break;
            default:
                Require(index, false, ViolationKind.JournalBroken, $"{entry} was caused by nobody");
                break;
        }
        Require(index, _credited <= _promised, ViolationKind.CreditedAbovePromised, $"credited {_credited}, promised {_promised}");
        Require(index, _promised <= _deposited, ViolationKind.Overspent, $"promised {_promised}, deposited {_deposited}");
        Require(
            index, _covered <= _settleable, ViolationKind.RevealedAboveSettleable, $"revealed credit {_covered}, settleable {_settleable}");
        CheckStaircase(index);
    }

    private void Accept(int index, ConsumerEntry.Accepted accepted)
    {
        var (promise, delta) = (accepted.Promise, accepted.Delta);
        var before = _totals.GetValueOrDefault(promise.Key);
        Require(
            index,
            !delta.IsZero && Sum(before, delta) == promise.Total,
            ViolationKind.Doubled,
            $"adds {delta} to {before} of {promise.Provider} and calls it {promise.Total}");
        _totals[promise.Key] = Sum(before, delta);
        _creditedTo[promise.Provider] = Sum(_creditedTo.GetValueOrDefault(promise.Provider), delta);
        _credited = Sum(_credited, delta);
        _promised = Amount.Max(_promised, promise.Amount);
        if (accepted.IsRevealed)
        {
            Cover(promise.Amount, delta);
            return;
        }
        var (amount, credit) = _open.GetValueOrDefault(promise.Hashlock);
        _open[promise.Hashlock] = (Amount.Max(amount, promise.Amount), Sum(credit, delta));
        Settle();
    }

    private void Cover(Amount amount, Amount credit)
    {
        _settleable = Amount.Max(_settleable, amount);
        _covered = Sum(_covered, credit);
        Settle();
    }

    // What is promised up to settleable is paid by the promise that is settleable, whether its own R comes or not.
    private void Settle()
    {
        foreach (var (hashlock, rung) in _open.Where(rung => rung.Value.Amount <= _settleable).ToArray())
        {
            _open.Remove(hashlock);
            _covered = Sum(_covered, rung.Credit);
        }
    }

    private void CheckStaircase(int index)
    {
        var credit = _covered;
        foreach (var level in _open.Values.GroupBy(rung => rung.Amount).OrderBy(level => level.Key))
        {
            foreach (var rung in level) credit = Sum(credit, rung.Credit);
            Require(index, credit <= level.Key, ViolationKind.StaircaseBroken, $"credit {credit} up to the amount {level.Key}");
        }
    }

    private void Require(int index, bool holds, ViolationKind kind, string what)
    {
        if (holds || _violations.Any(violation => violation.Kind == kind)) return;
        _violations.Add(new Violation(
            kind, $"consumer {Consumer}, event {_entries[index].Number}: {what}", [.. Surroundings.Of(_entries, index)]));
    }

    private static Amount Sum(Amount left, Amount right) => left.TryAdd(right, out var sum) ? sum : Amount.MaxValue;
}

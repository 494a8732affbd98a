using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;

namespace AccountantCluster.Reliability.Checks;

/// <summary>A receiving channel, added up from its first event by rules written here once more; says what does not hold after each.</summary>
internal sealed class ProviderReplay
{
    private readonly Dictionary<Address, Amount> _creditedBy = [];
    private readonly Dictionary<Hashlock, Amount> _open = [];
    private readonly HashSet<SignedTotal> _authorised = [];
    private readonly List<Violation> _violations = [];
    private readonly IReadOnlyList<ProviderEntry> _entries;
    private readonly Func<Amount, Amount> _fee;
    private Amount _gross;
    private Amount _revealed;
    private Amount _promised;

    /// <summary>Replays all events of a channel.</summary>
    /// <param name="provider">Identity of the provider.</param>
    /// <param name="entries">Its events.</param>
    /// <param name="fee">The accountant's fee on everything that a provider was ever credited.</param>
    public ProviderReplay(Address provider, IReadOnlyList<ProviderEntry> entries, Func<Amount, Amount> fee)
    {
        (Provider, _entries, _fee) = (provider, entries, fee);
        for (var index = 0; index < entries.Count; index++) Apply(index);
    }

    /// <summary>Identity of the provider.</summary>
    public Address Provider { get; }

    /// <summary>Counted of each consumer, by identity.</summary>
    public IReadOnlyDictionary<Address, Amount> CreditedBy => _creditedBy;

    /// <summary>What did not hold.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Whether a total that somebody holds was authorised before it was signed.</summary>
    public bool Justifies(SignedTotal signed) => _authorised.Contains(signed with { IsOperators = true });

    private void Apply(int index)
    {
        var entry = _entries[index];
        Require(index, entry.Number == index + 1, ViolationKind.JournalBroken, $"event {index + 1} is number {entry.Number}");
        switch (entry)
        {
            case ProviderEntry.Credited credited:
                foreach (var credit in credited.Credits) Count(index, credit);
                break;
            case ProviderEntry.Revealed revealed:
                foreach (var hashlock in revealed.Hashlocks)
                {
                    if (_open.Remove(hashlock, out var credit)) _revealed = Sum(_revealed, credit);
                }
                break;
            case ProviderEntry.Authorised authorised:
                Authorise(index, authorised);
                break;
            case ProviderEntry.Noted:
                break;
            default:
                Require(index, false, ViolationKind.JournalBroken, $"{entry} was caused by nobody");
                break;
        }
    }

    private void Count(int index, Credit credit)
    {
        var before = _creditedBy.GetValueOrDefault(credit.Consumer);
        Require(
            index,
            credit.From >= before && credit.To > credit.From,
            ViolationKind.Doubled,
            $"counts {credit.From} to {credit.To} of {credit.Consumer} after {before}");
        Require(
            index, credit.From <= before, ViolationKind.Lost, $"counts {credit.From} to {credit.To} of {credit.Consumer} after {before}");
        var added = credit.To.SaturatingSubtract(credit.From);
        _creditedBy[credit.Consumer] = Amount.Max(before, credit.To);
        _gross = Sum(_gross, added);
        if (credit.IsRevealed) _revealed = Sum(_revealed, added);
        else _open[credit.Hashlock] = Sum(_open.GetValueOrDefault(credit.Hashlock), added);
    }

    private void Authorise(int index, ProviderEntry.Authorised total)
    {
        var opened = HashSteps.OpenedBy(total.Hashlock.Value, _open.ContainsKey).Select(r => r.ToHashlock()).Append(total.Hashlock);
        var justified = opened.Distinct().Aggregate(_revealed, (sum, hashlock) => Sum(sum, _open.GetValueOrDefault(hashlock)));
        Require(
            index,
            total.Gross <= justified,
            ViolationKind.TotalUnjustified,
            $"authorises {total.Gross} where {justified} of {_gross} is revealed or under that hashlock");
        Require(
            index,
            total.Promised == total.Gross.SaturatingSubtract(_fee(total.Gross)),
            ViolationKind.TotalUnjustified,
            $"makes {total.Promised} of {total.Gross}");
        Require(
            index, total.Promised >= _promised, ViolationKind.TotalDecreased, $"authorises {total.Promised} after {_promised}");
        _promised = Amount.Max(_promised, total.Promised);
        _authorised.Add(new SignedTotal(total.Hashlock, total.Promised));
    }

    private void Require(int index, bool holds, ViolationKind kind, string what)
    {
        if (holds || _violations.Any(violation => violation.Kind == kind)) return;
        _violations.Add(new Violation(
            kind, $"provider {Provider}, event {_entries[index].Number}: {what}", [.. Surroundings.Of(_entries, index)]));
    }

    private static Amount Sum(Amount left, Amount right) => left.TryAdd(right, out var sum) ? sum : Amount.MaxValue;
}

using AccountantCluster.Contracts.Tests.Differential.Steps;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>What the sequences came to do.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _carriedOut = [];

    public void Add(Step step, string? error)
    {
        if (error is null) _carriedOut.Add(step.GetType());
        var what = $"{step.GetType().Name}: {error ?? "done"}";
        _counts[what] = _counts.GetValueOrDefault(what) + 1;
    }

    /// <summary>Kinds of steps that were refused each time, or never tried.</summary>
    public IEnumerable<Type> NeverCarriedOut() => typeof(Step).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Step)) && !_carriedOut.Contains(type));

    public override string ToString() => string.Join('\n', _counts.Select(count => $"{count.Value,5} {count.Key}"));
}

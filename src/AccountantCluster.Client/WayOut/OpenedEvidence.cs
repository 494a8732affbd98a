using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// Evidence with the Rs that its provider is ready to publish. With the provider's key these are not only those that were public already:
/// who leaves for good has no reason to keep a window closed under which nothing is unanswered, and loses by it what the accountant
/// promised under it last.
/// </summary>
/// <param name="Totals">Promises of the accountant, highest first: the highest that a valid key signed is settled.</param>
/// <param name="Rows">Of each consumer the highest promise.</param>
/// <param name="Closed">Windows that stay closed, though the accountant promised more under them.</param>
internal sealed record OpenedEvidence(
    IReadOnlyList<SettleablePromise> Totals, IReadOnlyList<CollectablePromise> Rows, IReadOnlyList<SecretWindow> Closed)
{
    /// <summary>What is public already, and no more.</summary>
    public static OpenedEvidence Public(ProviderEvidence evidence) => Of(evidence, null, opensUnanswered: false);

    /// <summary>Opens what may be opened.</summary>
    /// <param name="evidence">From the file.</param>
    /// <param name="key">The provider's key; null where somebody else does this, who knows no secret R.</param>
    /// <param name="opensUnanswered">
    /// Also windows under which something is unanswered or refused: the accountant may collect that without paying for it.
    /// </param>
    public static OpenedEvidence Of(ProviderEvidence evidence, PrivateKey? key, bool opensUnanswered)
    {
        var totals = new List<SettleablePromise>();
        if (evidence.Settleable is { } settleable) totals.Add(settleable);
        var rows = new List<CollectablePromise>(evidence.Collectable);
        var closed = new List<SecretWindow>();
        foreach (var chain in evidence.Windows.GroupBy(window => window.Position.Instance))
        {
            var windows = chain.OrderBy(window => window.Position.Window).ToArray();
            var last = key is null ? -1 : LastToOpen(windows, Highest(totals), opensUnanswered);
            var rs = last < 0 ? null : ChainVault.Derive(evidence.Profile, key!, chain.Key);
            for (var number = 0; number < windows.Length; number++)
            {
                var window = windows[number];
                // A hashlock that this key's chain does not lead to is somebody's invention.
                if (number <= last && rs!.R(window.Position.Window) is var r && r.Opens(window.Hashlock))
                {
                    if (window.Held is { } held) totals.Add(new SettleablePromise(evidence.Provider, held.Amount, r, held.Signature));
                    rows.AddRange(window.Promises.Select(promise => new CollectablePromise(promise, r)));
                }
                else if (window.Held is { } missed && missed.Amount > Highest(totals))
                {
                    closed.Add(window);
                }
            }
        }
        return new OpenedEvidence(
            [.. totals.OrderByDescending(total => total.Amount)],
            [.. rows.GroupBy(row => row.Promise.Consumer).Select(group => group.MaxBy(row => row.Promise.Amount)!)],
            closed);
    }

    // R of a window opens those below it, too. The highest that brings anything, up to where something is at stake.
    private static int LastToOpen(SecretWindow[] windows, Amount known, bool opensUnanswered)
    {
        var last = -1;
        for (var number = 0; number < windows.Length; number++)
        {
            if (!opensUnanswered && !windows[number].AtStake.IsZero) break;
            if (windows[number].Held is { } held && held.Amount > known) last = number;
        }
        return last;
    }

    private static Amount Highest(List<SettleablePromise> totals) =>
        totals.Aggregate(Amount.Zero, (most, total) => Amount.Max(most, total.Amount));
}

using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// A provider's evidence as its books have it. Rs of earlier rows are remembered: finding one in a chain of long ago takes 25 ms. Used
/// behind the ledger's gate.
/// </summary>
internal sealed class EvidenceSnapshot
{
    private readonly Dictionary<Address, (HeldEvidence Held, CollectablePromise Opened)> _opened = [];

    public ProviderEvidence Of(ProviderContext context)
    {
        var books = context.Ledger.Books;
        // One chain after the other: the vault remembers two.
        foreach (var held in books.Evidence.Values.OrderBy(held => held.Position.Instance))
        {
            if (_opened.TryGetValue(held.Promise.Consumer, out var known) && known.Held == held) continue;
            var opened = new CollectablePromise(held.Promise, context.Vault.Disclose(books, held.Position));
            _opened[held.Promise.Consumer] = (held, opened);
        }
        return new ProviderEvidence(context.Profile, context.Provider)
        {
            Settleable = context.DiscloseSettleable(),
            Collectable = [.. _opened.Values.Select(row => row.Opened).OrderBy(row => row.Promise.Consumer)],
            Windows =
            [
                .. books.Windows
                    .Where(window => window.Value.Held is not null || window.Value.IsUsed)
                    .OrderBy(window => window.Value.Position.Instance).ThenBy(window => window.Value.Position.Window)
                    .Select(window => Describe(books, window.Key, window.Value)),
            ],
        };
    }

    private static SecretWindow Describe(ProviderBooks books, Hashlock hashlock, WindowBooks window) => new(
        window.Position,
        hashlock,
        window.Held,
        [.. window.AcceptedBy.Values.Select(credit => credit.Highest).OrderBy(promise => promise.Consumer)],
        books.HandedIn.Keys
            .Where(promise => promise.Hashlock == hashlock)
            .GroupBy(ProviderBooks.KeyOf)
            .Select(group => group.Max(promise => promise.Agreement.Total).SaturatingSubtract(books.AcceptedTotal(group.Key)))
            .Aggregate(Amount.Zero, (sum, open) => sum + open));
}

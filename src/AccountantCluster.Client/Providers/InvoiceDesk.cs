using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// Invoices that are out. Not durable: after a restart the provider asks again for what its books do not have. Used behind the ledger's
/// gate.
/// </summary>
internal sealed class InvoiceDesk
{
    private readonly Dictionary<Address, Dictionary<AgreementId, OpenInvoice>> _open = [];

    /// <summary>The total that an agreement was brought to so far: accepted, handed in, or asked for.</summary>
    public Amount TotalOf(ProviderBooks books, AgreementKey key)
    {
        var handedIn = books.HandedIn.Keys.Where(promise => ProviderBooks.KeyOf(promise) == key).Select(promise => promise.Agreement.Total);
        var total = handedIn.Aggregate(books.AcceptedTotal(key), Amount.Max);
        return Find(key) is { } open ? Amount.Max(total, open.Total) : total;
    }

    public Amount ExposureOf(ProviderBooks books, Address consumer)
    {
        IEnumerable<KeyValuePair<AgreementKey, Amount>> invoiced = _open.TryGetValue(consumer, out var own)
            ? own.Select(pair => KeyValuePair.Create(new AgreementKey(consumer, pair.Key), pair.Value.Total))
            : [];
        return ProviderRules.Exposure(books, consumer, invoiced);
    }

    /// <summary>What is asked for and was neither handed in nor accepted, of all consumers together.</summary>
    public Amount Outstanding(ProviderBooks books)
    {
        var outstanding = Amount.Zero;
        var handedIn = books.HandedIn.Keys.GroupBy(ProviderBooks.KeyOf)
            .ToDictionary(group => group.Key, group => group.Select(promise => promise.Agreement.Total).Aggregate(Amount.Max));
        foreach (var (consumer, own) in _open)
        {
            foreach (var (id, open) in own)
            {
                var key = new AgreementKey(consumer, id);
                var known = Amount.Max(books.AcceptedTotal(key), handedIn.GetValueOrDefault(key));
                outstanding += open.Total.SaturatingSubtract(known);
            }
        }
        return outstanding;
    }

    public void Issue(AgreementKey key, Amount total, Hashlock hashlock, long now)
    {
        if (!_open.TryGetValue(key.Consumer, out var own)) _open[key.Consumer] = own = [];
        own[key.Id] = new OpenInvoice(total, hashlock, now, IsPaid: false);
    }

    /// <summary>Whether a promise is for the total that was asked for last.</summary>
    public bool Expects(SignedPromise promise) => Find(ProviderBooks.KeyOf(promise)) is { } open && open.Total == promise.Agreement.Total;

    /// <summary>The consumer has promised: the window needs not wait for it.</summary>
    public void Paid(AgreementKey key)
    {
        if (Find(key) is { } open) _open[key.Consumer][key.Id] = open with { IsPaid = true };
    }

    /// <summary>Forgets what the books have by now.</summary>
    public void Accepted(ProviderBooks books, AgreementKey key)
    {
        if (Find(key) is not { } open || open.Total > books.AcceptedTotal(key)) return;
        var own = _open[key.Consumer];
        own.Remove(key.Id);
        if (own.Count == 0) _open.Remove(key.Consumer);
    }

    /// <summary>Nothing more is asked for what a consumer was invoiced.</summary>
    public void Forget(Address consumer) => _open.Remove(consumer);

    /// <summary>Whether promises may still come under a window: invoices that are out, and younger than <paramref name="since"/>.</summary>
    public bool AwaitsAny(Hashlock hashlock, long since) =>
        _open.Values.Any(own => own.Values.Any(open => open.Hashlock == hashlock && !open.IsPaid && open.IssuedAt >= since));

    private OpenInvoice? Find(AgreementKey key) => _open.TryGetValue(key.Consumer, out var own) ? own.GetValueOrDefault(key.Id) : null;

    private sealed record OpenInvoice(Amount Total, Hashlock Hashlock, long IssuedAt, bool IsPaid);
}

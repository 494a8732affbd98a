using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>All that a consumer remembers of its channel with one accountant. Amounts in token base units.</summary>
internal sealed record ConsumerBooks
{
    /// <summary>
    /// Promises of this device that are remembered as its own. A payment is rejected within seconds, if at all; a rejection of one that is
    /// further back is not resolved.
    /// </summary>
    public const int OwnPromisesKept = 1024;

    public static ConsumerBooks Empty { get; } = new();

    /// <summary>Highest amount ever signed, on this device or on another that it heard of.</summary>
    public Amount Promised { get; init; }

    /// <summary>
    /// What the channel holds and has paid, as far as the consumer read the chain. Not durable: read again at every start.
    /// </summary>
    public Amount Deposited { get; init; }

    /// <summary>The exit that was signed and may still be paid; null for none. Its amount is not promised to anybody again.</summary>
    public SignedExit? Exit { get; init; }

    /// <summary>Whether an exit request was open when the consumer read the chain. Not durable, like what is deposited.</summary>
    public bool IsExiting { get; init; }

    /// <summary>The most that may be promised.</summary>
    public Amount Spendable => Deposited.SaturatingSubtract(Exit?.Message.Amount ?? Amount.Zero);

    public ImmutableDictionary<Address, ProviderTab> Providers { get; init; } = ImmutableDictionary<Address, ProviderTab>.Empty;

    /// <summary>Signatures of this device, newest last, at most <see cref="OwnPromisesKept"/>.</summary>
    public ImmutableQueue<Signature> Own { get; init; } = [];

    public ImmutableHashSet<Signature> OwnSet { get; init; } = [];

    public ProviderTab With(Address provider) => Providers.GetValueOrDefault(provider, ProviderTab.Empty);

    public PaidAgreement? Find(Address provider, AgreementId id) => With(provider).Agreements.GetValueOrDefault(id);

    /// <summary>After a promise was signed.</summary>
    public ConsumerBooks Sign(SignedPromise promise, Amount before, int resynchronisations) =>
        Record(new PaidAgreement(promise, before, resynchronisations)).Remember(promise.Signature);

    /// <summary>
    /// After hearing of a promise that another device of the same consumer signed: its agreement needs no second payment.
    /// </summary>
    public ConsumerBooks Adopt(SignedPromise promise)
    {
        var (provider, id, total) = promise.Agreement;
        var isNews = !provider.IsZero && total > (Find(provider, id)?.Total ?? Amount.Zero);
        return isNews ? Record(new PaidAgreement(promise, total, 0)) : this with { Promised = Amount.Max(Promised, promise.Amount) };
    }

    private ConsumerBooks Record(PaidAgreement agreement)
    {
        var provider = agreement.Latest.Agreement.Provider;
        return this with
        {
            Promised = Amount.Max(Promised, agreement.Latest.Amount),
            Providers = Providers.SetItem(provider, With(provider).With(agreement)),
        };
    }

    private ConsumerBooks Remember(Signature signature)
    {
        if (OwnSet.Contains(signature)) return this;
        var (own, set) = (Own.Enqueue(signature), OwnSet.Add(signature));
        if (set.Count > OwnPromisesKept)
        {
            own = own.Dequeue(out var oldest);
            set = set.Remove(oldest);
        }
        return this with { Own = own, OwnSet = set };
    }
}

using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// All that a provider remembers of its dealings with one accountant; what may be done is for <see cref="ProviderRules"/> to say. Amounts
/// in token base units.
/// </summary>
internal sealed record ProviderBooks
{
    public static ProviderBooks Empty { get; } = new();

    /// <summary>
    /// Every hash chain ever begun and its window: Rs of the windows below it may be public. One per process start, kept for ever: a chain
    /// that is missing here was never used.
    /// </summary>
    public ImmutableDictionary<ulong, uint> Chains { get; init; } = ImmutableDictionary<ulong, uint>.Empty;

    /// <summary>
    /// The window of every chain below which the accountant has all Rs by its own word; those of earlier chains are told at every start
    /// until it has.
    /// </summary>
    public ImmutableDictionary<ulong, uint> Told { get; init; } = ImmutableDictionary<ulong, uint>.Empty;

    /// <summary>The chain of this process; null before it began.</summary>
    public ulong? Instance { get; init; }

    /// <summary>Hashlock of the open window; zero before the first chain.</summary>
    public Hashlock Open { get; init; }

    /// <summary>Windows whose R is secret: the open one, those that earlier processes left behind, those that must stay secret.</summary>
    public ImmutableDictionary<Hashlock, WindowBooks> Windows { get; init; } = ImmutableDictionary<Hashlock, WindowBooks>.Empty;

    /// <summary>Accepted total of every agreement that is kept.</summary>
    public ImmutableDictionary<AgreementKey, Amount> Agreements { get; init; } = ImmutableDictionary<AgreementKey, Amount>.Empty;

    /// <summary>Sum of all accepted totals, folded agreements included, the accountant's fee not taken off.</summary>
    public Amount Gross { get; init; }

    /// <summary>Highest id ever given to an agreement: ids never come twice.</summary>
    public ulong LastAgreementId { get; init; }

    /// <summary>What was handed in and is not covered by an accepted total: unanswered (None), or refused for a reason.</summary>
    public ImmutableDictionary<SignedPromise, RejectionReason> HandedIn { get; init; } =
        ImmutableDictionary<SignedPromise, RejectionReason>.Empty;

    public FeeBooks Fees { get; init; } = FeeBooks.Unknown;

    /// <summary>The accountant's highest promise under a window whose R may be disclosed: what can be settled at any time.</summary>
    public HeldPromise? Settleable { get; init; }

    /// <summary>
    /// Per consumer the highest accepted promise whose R may be public. Those under a secret R stand in <see cref="Windows"/>: they must
    /// not take the place of one that can be collected.
    /// </summary>
    public ImmutableDictionary<Address, HeldEvidence> Evidence { get; init; } = ImmutableDictionary<Address, HeldEvidence>.Empty;

    /// <summary>
    /// Of every agreement that is kept the latest accepted promise whose R may be public: what brings its credit back after the accountant
    /// forgot it. Later ones, under a secret R, stand in <see cref="Windows"/>.
    /// </summary>
    public ImmutableDictionary<AgreementKey, HeldEvidence> Kept { get; init; } = ImmutableDictionary<AgreementKey, HeldEvidence>.Empty;

    /// <summary>What the accountant owes at least, by these books.</summary>
    public Amount Owed => Fees.Net(Gross);

    /// <summary>The accountant's highest promise of all, settleable or not yet.</summary>
    public HeldPromise? Highest =>
        Windows.Values.Select(window => window.Held).Append(Settleable).MaxBy(held => held?.Amount ?? Amount.Zero);

    /// <summary>Windows of other chains than this process' own, oldest first within each chain.</summary>
    public IReadOnlyList<(Hashlock Hashlock, ChainPosition Position)> Earlier =>
    [
        .. Windows.Where(window => window.Value.Position.Instance != Instance)
            .OrderBy(window => window.Value.Position.Instance).ThenBy(window => window.Value.Position.Window)
            .Select(window => (window.Key, window.Value.Position)),
    ];

    public Amount AcceptedTotal(AgreementKey key) => Agreements.GetValueOrDefault(key);

    public bool MayDisclose(ChainPosition position) => Chains.TryGetValue(position.Instance, out var window) && position.Window < window;

    /// <summary>
    /// The Rs that the accountant should be told when a session ends or a process begins: of every chain the last public one that it may
    /// not have, this process' own, and that of the promise that can be settled. One R opens 16 windows below it (protocol §5).
    /// </summary>
    public IReadOnlyCollection<ChainPosition> ToTell =>
    [
        .. Chains.Where(chain => chain.Value > 0 && (chain.Key == Instance || chain.Value > Told.GetValueOrDefault(chain.Key)))
            .Select(chain => new ChainPosition(chain.Key, chain.Value - 1))
            .Union(Settleable is { } held ? [held.Position] : []),
    ];

    public static AgreementKey KeyOf(SignedPromise promise) => new(promise.Consumer, promise.Agreement.Id);
}

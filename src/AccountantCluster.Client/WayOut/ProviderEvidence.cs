using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// All that a provider needs to leave one accountant without its help (protocol §7), besides its key and a chain. Public facts and Rs that
/// may be public, and no other: the Rs of <see cref="Windows"/> are derived from the provider's key when it leaves.
/// </summary>
/// <param name="Profile">The accountant.</param>
/// <param name="Provider">The provider's identity.</param>
public sealed record ProviderEvidence(AccountantProfile Profile, Address Provider)
{
    /// <summary>The accountant's highest promise that can be settled at any time; null before the first.</summary>
    public SettleablePromise? Settleable { get; init; }

    /// <summary>Per consumer the highest promise that can be collected at any time.</summary>
    public IReadOnlyList<CollectablePromise> Collectable { get; init; } = [];

    /// <summary>Windows whose R is secret, with what was accepted and promised under them. Oldest first within each chain.</summary>
    public IReadOnlyList<SecretWindow> Windows { get; init; } = [];

    /// <summary>Whether two say the same.</summary>
    public bool Equivalent(ProviderEvidence other) =>
        (Profile, Provider, Settleable) == (other.Profile, other.Provider, other.Settleable)
        && Collectable.SequenceEqual(other.Collectable)
        && Windows.Count == other.Windows.Count
        && Windows.Zip(other.Windows).All(pair => pair.First.Equivalent(pair.Second));
}

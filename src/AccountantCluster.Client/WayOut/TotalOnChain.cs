using AccountantCluster.Chain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>A promise of the accountant, and who signed it.</summary>
/// <param name="Promise">With R.</param>
/// <param name="Signer">Whose signature it is.</param>
/// <param name="Validity">When that key's signatures hold.</param>
internal sealed record TotalOnChain(SettleablePromise Promise, Address Signer, OperatorValidity Validity)
{
    /// <summary>Its amount.</summary>
    public Amount Amount => Promise.Amount;

    /// <summary>Whether the key is valid, and until when, if it is revoked.</summary>
    public ulong? EndsAt => Validity.Until is ulong.MaxValue ? null : Validity.Until;

    public bool IsValidAt(ulong time) => Validity.From <= time && time < Validity.Until;
}

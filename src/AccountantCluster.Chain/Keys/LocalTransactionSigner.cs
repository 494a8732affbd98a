using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Signs with a key of this process.</summary>
/// <param name="key">The key; stays the caller's to dispose.</param>
/// <param name="curve">Which implementation signs.</param>
public sealed class LocalTransactionSigner(PrivateKey key, ICurve curve) : ITransactionSigner
{
    /// <inheritdoc/>
    public Address Address => key.Address;

    /// <inheritdoc/>
    public Task<Signature> SignAsync(Eip1559Transaction transaction, CancellationToken cancellation) =>
        Task.FromResult(curve.Sign(transaction.SigningHash(), key));
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Has the transactions of a lane signed, and believes nothing that comes back. Safe for concurrent use.</summary>
/// <param name="chainId">The chain.</param>
/// <param name="signer">Has the key.</param>
/// <param name="curve">Verifies.</param>
public sealed class LaneSigner(ulong chainId, ITransactionSigner signer, ICurve curve)
{
    /// <summary>Whose lane it is.</summary>
    public Address Sender => signer.Address;

    /// <summary>What may be handed in once it is stored.</summary>
    /// <exception cref="EthereumException">It is not signed; asking again is harmless.</exception>
    public async Task<LaneAttempt> SignAsync(LaneTransaction transaction, LaneOffer offer, CancellationToken cancellation)
    {
        var made = transaction.Make(chainId, Sender, offer.Fees, offer.Cancels);
        var signature = await SignAsync(made, cancellation);
        return new LaneAttempt(made.With(signature).Hash, offer.Fees, offer.Head, offer.Cancels) { Signature = signature };
    }

    /// <summary>The last attempt of a nonce, bit by bit as it was stored.</summary>
    /// <exception cref="EthereumException">It cannot be had; asking again is harmless.</exception>
    public async Task<SignedTransaction> RemakeAsync(LaneTransaction transaction, CancellationToken cancellation)
    {
        var last = transaction.Last;
        var made = transaction.Make(chainId, Sender, last.Fees, last.Cancels);
        var signed = made.With(last.Signature ?? await SignAsync(made, cancellation));
        return signed.Hash == last.Hash
            ? signed
            : throw new EthereumUnavailableException($"Transaction {last.Hash} cannot be made again: its signature was not stored.");
    }

    private async Task<Signature> SignAsync(Eip1559Transaction made, CancellationToken cancellation)
    {
        var signature = await signer.SignAsync(made, cancellation);
        return curve.TryRecover(made.SigningHash(), signature, out var by) && by == Sender
            ? signature
            : throw new EthereumUnavailableException($"The signer did not sign with the key of {Sender}.");
    }
}

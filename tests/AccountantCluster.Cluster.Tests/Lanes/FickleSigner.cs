using System.Security.Cryptography;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Signs with a fresh nonce each time, as hardware does, or with another key, or not at all.</summary>
internal sealed class FickleSigner(PrivateKey key) : ITransactionSigner
{
    // One in two has its s in the lower half of the curve's order.
    private const int Attempts = 64;

    public Address Address { get; } = key.Address;

    /// <summary>How often it has signed.</summary>
    public int Signed { get; private set; }

    /// <summary>Whether it is away.</summary>
    public bool Fails { get; set; }

    /// <summary>The key that it uses, whatever it says.</summary>
    public PrivateKey SignsWith { get; set; } = key;

    public Task<Signature> SignAsync(Eip1559Transaction transaction, CancellationToken cancellation)
    {
        if (Fails) throw new EthereumUnavailableException("The signer is away.");
        Signed++;
        return Task.FromResult(Sign(transaction.SigningHash()));
    }

    private Signature Sign(Bytes32 digest)
    {
        var secret = new byte[PrivateKey.Length];
        SignsWith.CopyTo(secret);
        using var signer = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromFriendlyName("secp256k1"), D = secret });
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var made = signer.SignHash(digest.ToArray(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            foreach (byte v in new byte[] { 27, 28 })
            {
                if (Signature.TryParse([.. made, v], out var signature)
                    && Curve.Default.TryRecover(digest, signature, out var by) && by == SignsWith.Address) return signature;
            }
        }
        throw new InvalidOperationException("No signature was canonical.");
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AccountantCluster.Client.Exchange;

/// <summary>Whom a connection trusts.</summary>
internal static class CertificateAuthority
{
    /// <summary>
    /// TLS that believes certificates of the authorities in a PEM file, and no others; of the machine's where there is no file.
    /// </summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file is not one of certificates, or cannot be
    /// read.</exception>
    public static SslClientAuthenticationOptions Trust(string? file)
    {
        if (file is null) return new SslClientAuthenticationOptions();
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // An authority of one's own publishes no list; whose certificate is stolen gets a new authority.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}

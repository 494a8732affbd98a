using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AccountantCluster.Client.Exchange;

/// <summary>Whom a connection trusts.</summary>
internal static class CertificateAuthority
{
    /// <summary>
    /// TLS that believes certificates of the authorities in a PEM file, and no others; of the machine's where there is no file.
    /// </summary>
    /// <exception cref="CertificateAuthorityException">The file is not one of certificates, or cannot be read.</exception>
    public static SslClientAuthenticationOptions Trust(string? file)
    {
        if (file is null) return new SslClientAuthenticationOptions();
        var authorities = Read(file);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // An authority of one's own publishes no list; whose certificate is stolen gets a new authority.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CertificateAuthorityException($"Cannot read certificates of authorities from {file}: {problem.Message}", problem);
        }
        // Otherwise nobody would be believed, and nobody would see why.
        return authorities.Count > 0
            ? authorities
            : throw new CertificateAuthorityException($"There is no certificate of an authority in {file}.");
    }
}

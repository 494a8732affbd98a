using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace AccountantCluster.Cluster;

/// <summary>
/// TLS between nodes, in PEM files: each node shows a certificate and believes only those of the cluster's own authority, whichever side
/// calls. Who has such a certificate can send a channel any message, so the authority is for this cluster alone. Read once, at start.
/// </summary>
/// <param name="CertificateFile">The node's certificate, for both sides of a call.</param>
/// <param name="KeyFile">Its private key, unencrypted; readable by the node alone.</param>
/// <param name="AuthorityFile">Certificates of the authority; those that the machine trusts besides do not count.</param>
public sealed record RemoteTls(string CertificateFile, string KeyFile, string AuthorityFile)
{
    /// <summary>Reads the files.</summary>
    /// <exception cref="RemoteTlsException">They cannot be read, or do not belong together.</exception>
    internal DotNettySslSetup Load()
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(AuthorityFile);
            if (authorities.Count == 0) throw new CryptographicException($"{AuthorityFile} holds no certificate");
            if (!IsOf(authorities, certificate))
                throw new CryptographicException($"{CertificateFile} is none of the authority in {AuthorityFile}");
            return new DotNettySslSetup(
                certificate,
                suppressValidation: false,
                requireMutualAuthentication: true,
                (shown, _, _, _, _) => shown is not null && IsOf(authorities, shown));
        }
        catch (Exception problem) when (
            problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RemoteTlsException($"No certificate for the other nodes: {problem.Message}", problem);
        }
    }

    // Names are not looked at: nodes come and go under addresses that no certificate can know.
    private static bool IsOf(X509Certificate2Collection authorities, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AccountantCluster.Cli.Certificates;

/// <summary>
/// Certificates for development: an authority, and one certificate of it for a node. The authority's key is forgotten at once, so that
/// nobody who finds the files can make another one that its clients believe.
/// </summary>
internal static class DevelopmentCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes them, in PEM.</summary>
    /// <param name="names">Names and addresses under which the node is reached.</param>
    /// <param name="from">Since when they hold.</param>
    /// <param name="lifetime">How long they hold.</param>
    public static DevelopmentCertificateFiles Create(IReadOnlyCollection<string> names, DateTimeOffset from, TimeSpan lifetime)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var nodeKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Authority(authorityKey).CreateSelfSigned(from, from + lifetime);
        var serialNumber = RandomNumberGenerator.GetBytes(16);
        using var node = Node(nodeKey, names).Create(authority, from, from + lifetime, serialNumber);
        return new DevelopmentCertificateFiles(
            authority.ExportCertificatePem(), node.ExportCertificatePem(), Encoding.ASCII.GetBytes(nodeKey.ExportPkcs8PrivateKeyPem()));
    }

    private static CertificateRequest Authority(ECDsa key)
    {
        var request = new CertificateRequest("CN=AccountantCluster development authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static CertificateRequest Node(ECDsa key, IReadOnlyCollection<string> names)
    {
        var request = new CertificateRequest("CN=AccountantCluster node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }
        request.CertificateExtensions.Add(alternatives.Build());
        return request;
    }
}

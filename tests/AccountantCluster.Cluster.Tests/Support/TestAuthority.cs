using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AccountantCluster.Cluster.Tests;

/// <summary>An authority for certificates of nodes, with its files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _certificate;
    private int _certificates;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        _certificate = request.CreateSelfSigned(_now.AddDays(-1), _now.AddDays(1));
        File.WriteAllText(AuthorityFile, _certificate.ExportCertificatePem());
    }

    public string AuthorityFile => Path.Combine(_folder.Path, "authority.crt");

    /// <summary>The files of one more node; of the authority that it believes, by default this one.</summary>
    public RemoteTls NewNode(TestAuthority? believes = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test node", key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            _certificate, _now.AddHours(-1), _now.AddHours(1), RandomNumberGenerator.GetBytes(16));
        var name = Path.Combine(_folder.Path, $"node-{_certificates++}");
        File.WriteAllText(name + ".crt", certificate.ExportCertificatePem());
        File.WriteAllText(name + ".key", key.ExportPkcs8PrivateKeyPem());
        return new RemoteTls(name + ".crt", name + ".key", (believes ?? this).AuthorityFile);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }
}

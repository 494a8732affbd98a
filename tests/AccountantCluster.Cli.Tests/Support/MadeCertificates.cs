using System.Security.Cryptography.X509Certificates;

namespace AccountantCluster.Cli.Tests.Support;

/// <summary>What somebody made for a node and its clients, looked at as both would.</summary>
internal sealed class MadeCertificates(string folder)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Authority => Path.Combine(folder, "ca.crt");

    private string Certificate => Path.Combine(folder, "node.crt");

    private string Key => Path.Combine(folder, "node.key");

    /// <summary>Three files and no other, which hold what they should for exactly these hosts.</summary>
    public void MustHoldFor(params string[] hosts)
    {
        Assert.Equal([Authority, Certificate, Key], Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            foreach (var file in new[] { Authority, Certificate, Key }) Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
        }

        using var authority = X509CertificateLoader.LoadCertificateFromFile(Authority);
        // Refuses a key that is not the certificate's.
        using var node = X509Certificate2.CreateFromPemFile(Certificate, Key);
        Assert.False(authority.HasPrivateKey);
        Assert.True(authority.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.False(node.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        var names = node.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(
            hosts.Order(StringComparer.Ordinal),
            names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))
                .Order(StringComparer.Ordinal));
        Assert.True(IsBelievedBy(authority, node));
        using var others = X509Certificate2.CreateFromPem(DevelopmentAuthority());
        Assert.False(IsBelievedBy(others, node));
    }

    private static string DevelopmentAuthority() => Certificates.DevelopmentCertificates.Create(
        ["localhost"], TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(10), TimeSpan.FromDays(1)).Authority;

    private static bool IsBelievedBy(X509Certificate2 authority, X509Certificate2 node)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        return chain.Build(node);
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AccountantCluster.Edge;

/// <summary>The edge's certificate, in two PEM files. They are read once, at start: a renewed certificate needs a restart.</summary>
/// <param name="CertificateFile">The node's certificate first, then those that lead to the authority that callers trust.</param>
/// <param name="KeyFile">Its private key, unencrypted; refused where every user of the machine can read it.</param>
public sealed record EdgeTls(string CertificateFile, string KeyFile)
{
    /// <summary>Reads both files.</summary>
    /// <exception cref="EdgeTlsException">They cannot be read or do not belong together, or anybody can read the key.</exception>
    internal (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load()
    {
        try
        {
            MustBePrivate();
            var certificate = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(CertificateFile);
            return (certificate, chain);
        }
        catch (Exception problem) when (
            problem is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new EdgeTlsException($"{CertificateFile} and {KeyFile} are no certificate with its key: {problem.Message}", problem);
        }
    }

    // A group may share it, as a proxy and its certificates often do; who is on the machine for something else may not. Windows has no such
    // rights.
    private void MustBePrivate()
    {
        if (OperatingSystem.IsWindows()) return;
        using var key = File.OpenHandle(KeyFile);
        if ((File.GetUnixFileMode(key) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            throw new EdgeTlsException(
                $"{KeyFile} is a private key that every user of this machine can read or write: do not let them (chmod o= {KeyFile}).");
        }
    }
}

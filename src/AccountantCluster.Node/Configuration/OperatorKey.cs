using System.Security.Cryptography;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>Opens the operator's keystore.</summary>
internal static class OperatorKey
{
    /// <summary>The key; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, or the password does not fit.</exception>
    public static PrivateKey Open(NodeConfiguration.OperatorSection section)
    {
        byte[] password = [];
        try
        {
            password = File.ReadAllBytes(section.PasswordFile);
            return Keystore.Read(File.ReadAllText(section.Keystore), password.AsSpan().TrimEnd("\r\n"u8));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or KeystoreException)
        {
            throw new ConfigurationException($"Cannot open the operator's keystore {section.Keystore}: {problem.Message}", problem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}

using System.Security.Cryptography;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>Opens a keystore.</summary>
internal static class OperatorKey
{
    /// <summary>The operator's key; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, or the password does not fit.</exception>
    public static PrivateKey Open(NodeConfiguration.OperatorSection section) => Open(section.Keystore, section.PasswordFile, "operator's");

    /// <summary>A key; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">A file cannot be read, or the password does not fit.</exception>
    public static PrivateKey Open(string keystore, string passwordFile, string whose)
    {
        byte[] password = [];
        try
        {
            password = SecretFile.Read(passwordFile);
            return Keystore.Read(File.ReadAllText(keystore), password.AsSpan().TrimEnd("\r\n"u8));
        }
        catch (Exception problem) when (
            problem is IOException or UnauthorizedAccessException or KeystoreException or ConfigurationException)
        {
            throw new ConfigurationException($"Cannot open the {whose} keystore {keystore}: {problem.Message}", problem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}

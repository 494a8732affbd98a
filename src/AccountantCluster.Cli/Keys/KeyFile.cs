using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Keys;

/// <summary>One keystore file.</summary>
/// <param name="Address">The address that the file claims; <see cref="Open"/> holds it to that.</param>
/// <param name="Path">Where it is.</param>
internal sealed record KeyFile(Address Address, string Path)
{
    /// <summary>Decrypts the key; the caller disposes it.</summary>
    /// <exception cref="KeystoreException">The password is wrong.</exception>
    /// <exception cref="CommandFailedException">The key is not that of the address in the file.</exception>
    public PrivateKey Open(Password password)
    {
        var key = Keystore.Read(File.ReadAllText(Path), password.Bytes);
        if (key.Address == Address) return key;
        key.Dispose();
        throw new CommandFailedException($"{Path} says {Address.ToChecksumString()} and holds the key of another address.");
    }
}

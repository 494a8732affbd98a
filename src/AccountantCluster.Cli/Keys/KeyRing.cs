using System.Text;
using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Keys;

/// <summary>A folder of keystore files, one per key, named after its address; closed to other users.</summary>
internal sealed class KeyRing(string folder)
{
    // A keystore has some 500 bytes.
    private const long MaxFileBytes = 64 * 1024;

    /// <summary>Writes a key to a new file; never over an old one.</summary>
    /// <exception cref="CommandFailedException">The key is there already.</exception>
    public KeyFile Add(PrivateKey key, Password password, KeystoreStrength strength = KeystoreStrength.Standard)
    {
        var path = PathOf(key.Address);
        if (File.Exists(path)) throw new CommandFailedException($"{path} exists already; it is left as it is.");
        var content = Keystore.Write(key, password.Bytes, strength);
        PrivateFiles.CreateFolder(folder);
        PrivateFiles.WriteNew(path, Encoding.UTF8.GetBytes(content));
        return new KeyFile(key.Address, path);
    }

    /// <summary>All keystores of the folder, in the order of their addresses.</summary>
    public IReadOnlyList<KeyFile> List() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(TryRead).OfType<KeyFile>().OrderBy(file => file.Address)]
        : [];

    /// <summary>The keystore with that path, or the one of that address in this folder.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public KeyFile Find(string pathOrAddress)
    {
        var path = Address.TryParse(pathOrAddress, out var address) ? PathOf(address) : pathOrAddress;
        if (!File.Exists(path))
        {
            throw new CommandFailedException(path == pathOrAddress
                ? $"The keystore {path} does not exist."
                : $"No key of {address.ToChecksumString()} in {folder}: see `accountant keys list`.");
        }
        return TryRead(path) ?? throw new CommandFailedException($"{path} is not a keystore that names its address.");
    }

    private static KeyFile? TryRead(string path)
    {
        if (new FileInfo(path).Length > MaxFileBytes) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var hasAddress = document.RootElement.TryGetProperty("address", out var property);
            return hasAddress && Address.TryParse(property.GetString(), out var address)
                ? new KeyFile(address, Path.GetFullPath(path))
                : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private string PathOf(Address address) => Path.Combine(folder, $"{address}.json");
}

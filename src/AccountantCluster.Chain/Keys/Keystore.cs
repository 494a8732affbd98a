using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AccountantCluster.Protocol;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace AccountantCluster.Chain;

/// <summary>
/// Private keys in files that every Ethereum wallet reads: version 3 of the Web3 Secret Storage Definition (AES-128-CTR under a key derived
/// from a password). Passwords are bytes that the caller wipes.
/// </summary>
public static class Keystore
{
    private const int Version = 3;
    private const string Cipher = "aes-128-ctr";
    private const int CipherKeyLength = 16;
    private const int InitialVectorLength = 16;
    private const int SaltLength = 32;

    /// <summary>Encrypts a key, with fresh randomness.</summary>
    /// <returns>JSON, to be written to a file that nobody else can read.</returns>
    public static string Write(PrivateKey key, ReadOnlySpan<byte> password, KeystoreStrength strength = KeystoreStrength.Standard)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var initialVector = RandomNumberGenerator.GetBytes(InitialVectorLength);
        var derivation = KeystoreDerivation.Scrypt(strength, salt);
        var derived = derivation.Derive(password);
        var secret = new byte[PrivateKey.Length];
        try
        {
            key.CopyTo(secret);
            var encrypted = ApplyCipher(derived, initialVector, secret);
            return Format(key.Address, initialVector, encrypted, derivation, Authenticate(derived, encrypted));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Decrypts a key; the caller disposes it.</summary>
    /// <exception cref="KeystoreException">The password is wrong, or the text is no keystore of this kind.</exception>
    public static PrivateKey Read(string json, ReadOnlySpan<byte> password)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw new KeystoreException($"Not a keystore of version {Version}.");
            return Decrypt(Property(root, "crypto"), password);
        }
        catch (Exception problem) when (
            problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new KeystoreException("Not a keystore.", problem);
        }
    }

    private static PrivateKey Decrypt(JsonElement crypto, ReadOnlySpan<byte> password)
    {
        if (crypto.GetProperty("cipher").GetString() != Cipher) throw new KeystoreException($"The keystore's cipher is not {Cipher}.");
        var encrypted = Hexadecimal(crypto.GetProperty("ciphertext"));
        var initialVector = Hexadecimal(crypto.GetProperty("cipherparams").GetProperty("iv"));
        if (encrypted.Length != PrivateKey.Length || initialVector.Length != InitialVectorLength)
            throw new KeystoreException("Not a keystore.");
        var derivation = KeystoreDerivation.Read(crypto.GetProperty("kdf").GetString(), crypto.GetProperty("kdfparams"));
        var derived = derivation.Derive(password);
        var secret = Array.Empty<byte>();
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(Authenticate(derived, encrypted), Hexadecimal(crypto.GetProperty("mac"))))
                throw new KeystoreException("The password is wrong.");
            secret = ApplyCipher(derived, initialVector, encrypted);
            return new PrivateKey(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    // The first half of the derived key encrypts, the second half authenticates.
    private static byte[] ApplyCipher(byte[] derived, byte[] initialVector, byte[] input)
    {
        var cipher = new BufferedBlockCipher(new SicBlockCipher(new AesEngine()));
        cipher.Init(true, new ParametersWithIV(new KeyParameter(derived, 0, CipherKeyLength), initialVector));
        return cipher.DoFinal(input);
    }

    private static byte[] Authenticate(byte[] derived, byte[] encrypted) =>
        Keccak256.Hash([.. derived.AsSpan(CipherKeyLength, CipherKeyLength), .. encrypted]).ToArray();

    private static string Format(
        Address address, byte[] initialVector, byte[] encrypted, KeystoreDerivation derivation, byte[] authentication)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("address", Convert.ToHexStringLower(address.ToArray()));
            writer.WriteStartObject("crypto");
            writer.WriteString("cipher", Cipher);
            writer.WriteStartObject("cipherparams");
            writer.WriteString("iv", Convert.ToHexStringLower(initialVector));
            writer.WriteEndObject();
            writer.WriteString("ciphertext", Convert.ToHexStringLower(encrypted));
            derivation.WriteTo(writer);
            writer.WriteString("mac", Convert.ToHexStringLower(authentication));
            writer.WriteEndObject();
            writer.WriteString("id", new Guid(RandomNumberGenerator.GetBytes(16)).ToString());
            writer.WriteNumber("version", Version);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Old wallets wrote "Crypto".
    private static JsonElement Property(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value : root.GetProperty(char.ToUpperInvariant(name[0]) + name[1..]);

    private static byte[] Hexadecimal(JsonElement element) => Convert.FromHexString(element.GetString() ?? "");
}

using System.Security.Cryptography;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Generators;

namespace AccountantCluster.Chain;

/// <summary>From a password to the keys of a keystore: scrypt, or PBKDF2 for reading files of old wallets.</summary>
internal sealed record KeystoreDerivation
{
    private const int DerivedLength = 32;
    private const int BlockSize = 8;

    // A file is input from outside: it must not be able to ask for all memory or for hours. Ethereum's own wallets ask for 256 MB and
    // 262,144 rounds.
    private const long MaxScryptBytes = 1L << 30;
    private const int MaxScryptParallelism = 16;
    private const int MaxRounds = 10_000_000;

    private KeystoreDerivation(byte[] salt) => Salt = salt;

    private byte[] Salt { get; }

    // scrypt's N, r and p; or PBKDF2's rounds alone.
    private int Cost { get; init; }

    private int Block { get; init; }

    private int Parallelism { get; init; }

    private bool IsScrypt => Block > 0;

    public static KeystoreDerivation Scrypt(KeystoreStrength strength, byte[] salt) => strength switch
    {
        // The pairs of Ethereum's own wallets.
        KeystoreStrength.Light => new KeystoreDerivation(salt) { Cost = 1 << 12, Block = BlockSize, Parallelism = 6 },
        KeystoreStrength.Standard => new KeystoreDerivation(salt) { Cost = 1 << 18, Block = BlockSize, Parallelism = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(strength)),
    };

    /// <summary>Reads the function's parameters.</summary>
    /// <exception cref="KeystoreException">Another function, or parameters out of bounds.</exception>
    public static KeystoreDerivation Read(string? function, JsonElement parameters)
    {
        var salt = Convert.FromHexString(parameters.GetProperty("salt").GetString() ?? "");
        if (parameters.GetProperty("dklen").GetInt32() != DerivedLength)
            throw new KeystoreException("The keystore's derived key is not 32 bytes.");
        return function switch
        {
            "scrypt" => ReadScrypt(salt, parameters),
            "pbkdf2" => ReadPbkdf2(salt, parameters),
            _ => throw new KeystoreException("The keystore's derivation is neither scrypt nor pbkdf2."),
        };
    }

    /// <summary>The 32 derived bytes; the caller wipes them.</summary>
    public byte[] Derive(ReadOnlySpan<byte> password)
    {
        if (!IsScrypt) return Rfc2898DeriveBytes.Pbkdf2(password, Salt, Cost, HashAlgorithmName.SHA256, DerivedLength);
        var copy = password.ToArray();
        try
        {
            return SCrypt.Generate(copy, Salt, Cost, Block, Parallelism, DerivedLength);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Writes scrypt's parameters; the other function is for reading only.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("kdf", "scrypt");
        writer.WriteStartObject("kdfparams");
        writer.WriteNumber("dklen", DerivedLength);
        writer.WriteNumber("n", Cost);
        writer.WriteNumber("p", Parallelism);
        writer.WriteNumber("r", Block);
        writer.WriteString("salt", Convert.ToHexStringLower(Salt));
        writer.WriteEndObject();
    }

    private static KeystoreDerivation ReadScrypt(byte[] salt, JsonElement parameters)
    {
        var derivation = new KeystoreDerivation(salt)
        {
            Cost = parameters.GetProperty("n").GetInt32(),
            Block = parameters.GetProperty("r").GetInt32(),
            Parallelism = parameters.GetProperty("p").GetInt32(),
        };
        // The last one is scrypt's own: N < 2^(16 r).
        var isBounded = derivation.Cost > 1 && derivation.Block > 0 && derivation.Parallelism is > 0 and <= MaxScryptParallelism
            && (Int128)128 * derivation.Cost * derivation.Block <= MaxScryptBytes
            && (derivation.Block > 1 || derivation.Cost < 1 << 16);
        return isBounded && int.IsPow2(derivation.Cost)
            ? derivation
            : throw new KeystoreException("The keystore's scrypt parameters are out of bounds.");
    }

    private static KeystoreDerivation ReadPbkdf2(byte[] salt, JsonElement parameters)
    {
        var rounds = parameters.GetProperty("c").GetInt32();
        return parameters.GetProperty("prf").GetString() == "hmac-sha256" && rounds is > 0 and <= MaxRounds
            ? new KeystoreDerivation(salt) { Cost = rounds }
            : throw new KeystoreException("The keystore's pbkdf2 parameters are out of bounds.");
    }
}

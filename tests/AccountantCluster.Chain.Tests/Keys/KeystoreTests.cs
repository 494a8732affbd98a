using System.Text;
using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Keys;

[Collection(LocalNetworkGroup.Name)]
public sealed class KeystoreTests(LocalNetworkFixture network)
{
    // A file of Ethereum's own wallet, from its test data.
    private const string ScryptFile = """
        {
          "address": "7ef5a6135f1fd6a02593eedc869c6d41d934aef8",
          "crypto": {
            "cipher": "aes-128-ctr",
            "ciphertext": "1d0839166e7a15b9c1333fc865d69858b22df26815ccf601b28219b6192974e1",
            "cipherparams": { "iv": "8df6caa7ff1b00c4e871f002cb7921ed" },
            "kdf": "scrypt",
            "kdfparams": { "dklen": 32, "n": 8, "p": 16, "r": 8,
              "salt": "e5e6ef3f4ea695f496b643ebd3f75c0aa58ef4070e90c80c5d3fb0241bf1595c" },
            "mac": "6d16dfde774845e4585357f24bce530528bc69f4f84e1e22880d34fa45c273e5"
          },
          "id": "950077c7-71e3-4c44-a4a1-143919141ed4",
          "version": 3
        }
        """;

    // The vector of the Web3 Secret Storage Definition. Its other one, for scrypt, breaks scrypt's own bound N < 2^(16 r): no library
    // derives it.
    private const string Pbkdf2Vector = """
        {
          "crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": { "iv": "6087dab2f9fdbbfaddc31a909735c1e6" },
            "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
            "kdf": "pbkdf2",
            "kdfparams": { "c": 262144, "dklen": 32, "prf": "hmac-sha256",
              "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd" },
            "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"
          },
          "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
          "version": 3
        }
        """;

    private const string VectorSecret = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

    private static readonly byte[] Password = "correct horse"u8.ToArray();

    [Fact]
    public void The_vector_of_the_definition_opens()
    {
        using var key = Keystore.Read(Pbkdf2Vector, "testpassword"u8);

        Assert.Equal(VectorSecret, Secret(key));
    }

    [Fact]
    public void A_file_of_another_wallet_opens()
    {
        using var key = Keystore.Read(ScryptFile, "foobar"u8);

        Assert.Equal("0x7ef5a6135f1fd6a02593eedc869c6d41d934aef8", key.Address.ToString());
    }

    [Theory]
    [InlineData(KeystoreStrength.Light)]
    [InlineData(KeystoreStrength.Standard)]
    public async Task Cast_opens_what_we_write(KeystoreStrength strength)
    {
        using var key = PrivateKey.Generate();
        var folder = Directory.CreateTempSubdirectory("accountant-keystore-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ours"), Keystore.Write(key, Password, strength));

            var shown = await network.CastAsync(
                "wallet", "decrypt-keystore", "--keystore-dir", folder.FullName,
                "--unsafe-password", Encoding.UTF8.GetString(Password), "ours");

            Assert.Contains("0x" + Secret(key), shown, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task We_open_what_cast_writes()
    {
        using var key = PrivateKey.Generate();
        var folder = Directory.CreateTempSubdirectory("accountant-keystore-");
        try
        {
            await network.CastAsync(
                "wallet", "import", "--keystore-dir", folder.FullName, "--unsafe-password", Encoding.UTF8.GetString(Password),
                "--private-key", Secret(key), "theirs");

            using var read = Keystore.Read(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "theirs")), Password);

            Assert.Equal(key.Address, read.Address);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_wrong_password_is_refused_and_the_file_names_the_identity()
    {
        using var key = PrivateKey.Generate();
        var json = Keystore.Write(key, Password, KeystoreStrength.Light);

        Assert.Throws<KeystoreException>(() => Keystore.Read(json, "wrong horse"u8));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(key.Address.ToString(), "0x" + document.RootElement.GetProperty("address").GetString());
        Assert.DoesNotContain(Secret(key), json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""not json""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":3,"crypto":7}""")]
    public void Anything_else_is_no_keystore(string json) => Assert.Throws<KeystoreException>(() => Keystore.Read(json, Password));

    [Theory]
    [InlineData("\"n\": 8", "\"n\": 1073741824")]
    [InlineData("\"n\": 8", "\"n\": 7")]
    [InlineData("\"n\": 8", "\"n\": 0")]
    [InlineData("\"r\": 8", "\"r\": 2147483647")]
    [InlineData("\"r\": 8", "\"r\": -1")]
    [InlineData("\"n\": 8, \"p\": 16, \"r\": 8", "\"n\": 262144, \"p\": 8, \"r\": 1")]
    [InlineData("\"p\": 16", "\"p\": 100000")]
    [InlineData("\"dklen\": 32", "\"dklen\": 16")]
    [InlineData("aes-128-ctr", "aes-128-cbc")]
    [InlineData("1d0839", "1d")]
    public void A_file_cannot_ask_for_endless_work_or_for_another_cipher(string part, string replacement)
    {
        var json = ScryptFile.Replace(part, replacement, StringComparison.Ordinal);

        Assert.NotEqual(ScryptFile, json);
        Assert.Throws<KeystoreException>(() => Keystore.Read(json, "foobar"u8));
    }

    private static string Secret(PrivateKey key)
    {
        var secret = new byte[PrivateKey.Length];
        key.CopyTo(secret);
        return Convert.ToHexStringLower(secret);
    }
}

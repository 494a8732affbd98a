using AccountantCluster.Chain;
using AccountantCluster.Cli.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Tests.Commands;

public sealed class KeysCommandTests : IDisposable
{
    // From the Web3 community's own examples: the first account of the phrase that every development chain uses.
    private const string KnownSecret = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string KnownAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_new_key_is_in_a_closed_file_that_the_password_opens()
    {
        var password = _shell.Write("password", "correct horse\r\n");

        var created = await _shell.JsonAsync("keys", "create", "--password-file", password);

        var path = created.GetProperty("path").GetString()!;
        using var key = Keystore.Read(await File.ReadAllTextAsync(path), "correct horse"u8);
        Assert.Equal(created.GetProperty("address").GetString(), key.Address.ToChecksumString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task An_imported_key_keeps_its_address_and_is_never_overwritten()
    {
        var secret = _shell.Write("secret", $"0x{KnownSecret}\n");
        var password = _shell.Write("password", "correct horse");

        var imported = await _shell.JsonAsync("keys", "import", "--private-key-file", secret, "--password-file", password);
        var again = await _shell.RunAsync("keys", "import", "--private-key-file", secret, "--password-file", password);

        Assert.Equal(KnownAddress, imported.GetProperty("address").GetString());
        Assert.Equal(ExitCode.Failure, again.ExitCode);
        Assert.Contains("exists already", again.Error);
    }

    [Fact]
    public async Task Keys_are_listed_and_shown_without_a_password()
    {
        var secret = _shell.Write("secret", KnownSecret);
        var password = _shell.Write("password", "correct horse");
        await _shell.JsonAsync("keys", "import", "--private-key-file", secret, "--password-file", password);

        var list = await _shell.RunAsync("keys", "list");
        var shown = await _shell.RunAsync("keys", "show", KnownAddress.ToLowerInvariant());

        Assert.Contains(KnownAddress, list.Output);
        Assert.Equal((ExitCode.Success, $"{KnownAddress}\n"), (shown.ExitCode, shown.Output));
    }

    [Fact]
    public async Task A_person_types_a_new_password_twice_and_the_same()
    {
        _shell.Answers.Enqueue("one");
        _shell.Answers.Enqueue("two");

        var result = await _shell.RunAsync("keys", "create");

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("differ", result.Error);
        Assert.Equal("[]\n", (await _shell.RunAsync("keys", "list", "--json")).Output);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_a_file_there_is_no_password()
    {
        var result = await _shell.RunAsync("keys", "create");

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("--password-file", result.Error);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("zz0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public async Task What_is_no_private_key_is_refused_and_not_shown(string secret)
    {
        var file = _shell.Write("secret", secret);
        var password = _shell.Write("password", "correct horse");

        var result = await _shell.RunAsync("keys", "import", "--private-key-file", file, "--password-file", password);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("Not a private key", result.Error);
        Assert.DoesNotContain(secret, result.Error);
    }

    [Fact]
    public async Task A_keystore_that_holds_another_key_than_it_says_is_refused()
    {
        using var key = PrivateKey.Generate();
        var content = Keystore.Write(key, "correct horse"u8, KeystoreStrength.Light)
            .Replace(key.Address.ToString()[2..], KnownAddress[2..].ToLowerInvariant());
        var keystore = _shell.Write("keystore.json", content);
        var password = _shell.Write("password", "correct horse");
        var network = _shell.PathOf("network.json");

        var result = await _shell.RunAsync(
            "network", "deploy", "--rpc", "http://127.0.0.1:1", "--key", keystore, "--password-file", password,
            "--development-token", "5", "--stake", "5", "--fee", "0", "--output", network);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("holds the key of another address", result.Error);
    }
}

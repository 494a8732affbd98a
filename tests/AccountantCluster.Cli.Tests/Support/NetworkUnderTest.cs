using AccountantCluster.Chain;
using AccountantCluster.Cli.Keys;

namespace AccountantCluster.Cli.Tests.Support;

/// <summary>A shell with a network that was deployed by the program itself, and the deployer's key.</summary>
internal sealed class NetworkUnderTest : IDisposable
{
    /// <summary>What the deployer has after the stake.</summary>
    public const ulong DeployersTokens = 1_000_000 - Stake;

    public const ulong Stake = 10_000;
    public const ulong RegistrationFee = 7;

    private NetworkUnderTest(Shell shell, string passwordFile, string deployer) =>
        (Shell, PasswordFile, Deployer) = (shell, passwordFile, deployer);

    public Shell Shell { get; }

    public string PasswordFile { get; }

    /// <summary>The deployer's address.</summary>
    public string Deployer { get; }

    public string File => Shell.PathOf("network.json");

    public static async Task<NetworkUnderTest> DeployAsync(LocalChain chain)
    {
        var shell = new Shell();
        var password = shell.Write("password", "correct horse\n");
        var deployer = Add(shell, chain, password);
        var network = new NetworkUnderTest(shell, password, deployer);
        await shell.JsonAsync(
            "network", "deploy", "--rpc", chain.Anvil.Endpoint.ToString(), "--key", deployer, "--password-file", password,
            "--development-token", "1000000", "--stake", $"{Stake}", "--fee", "100", "--registration-fee", $"{RegistrationFee}",
            "--confirmations", "0", "--output", network.File);
        return network;
    }

    /// <summary>Puts another funded key into the shell's key ring and returns its address.</summary>
    public string NewIdentity(LocalChain chain) => Add(Shell, chain, PasswordFile);

    /// <summary>Runs a command on this network that signs with a key.</summary>
    public Task<CommandResult> RunAsync(string key, params string[] arguments) =>
        Shell.RunAsync([.. arguments, "--key", key, "--password-file", PasswordFile, "--network", File]);

    /// <summary>Runs a command on this network that signs with a key and reads from standard input.</summary>
    public Task<CommandResult> TypeAsync(string input, string key, params string[] arguments) =>
        Shell.TypeAsync(input, [.. arguments, "--key", key, "--password-file", PasswordFile, "--network", File]);

    /// <summary>What a command that needs no key prints on this network.</summary>
    public Task<System.Text.Json.JsonElement> ShowAsync(params string[] arguments) => Shell.JsonAsync([.. arguments, "--network", File]);

    public void Dispose() => Shell.Dispose();

    // As `keys import` does, but quick to open.
    private static string Add(Shell shell, LocalChain chain, string passwordFile)
    {
        using var key = chain.NewFundedKey();
        using var password = Password.Read(shell.Host, new FileInfo(passwordFile), "");
        return new KeyRing(Path.Combine(shell.Host.Home, "keys")).Add(key, password, KeystoreStrength.Light).Address.ToChecksumString();
    }
}

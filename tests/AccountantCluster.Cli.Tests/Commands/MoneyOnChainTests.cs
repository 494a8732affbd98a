using System.Text.Json;
using AccountantCluster.Cli.Tests.Support;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary>The commands that need nothing but a chain, on a chain.</summary>
[Collection(LocalChainGroup.Name)]
public sealed class MoneyOnChainTests(LocalChain chain)
{
    [Fact]
    public async Task A_consumer_tops_up_before_it_is_registered_and_after()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);

        await SucceedAsync(network, network.Deployer, "channel", "top-up", "500", "--identity", consumer);
        var before = await network.ShowAsync("channel", "show", consumer);
        await SucceedAsync(network, consumer, "identity", "register");
        await SucceedAsync(network, network.Deployer, "channel", "top-up", "250", "--identity", consumer);
        var after = await network.ShowAsync("channel", "show", consumer);

        Assert.False(before.GetProperty("isRegistered").GetBoolean());
        Assert.Equal("500", before.GetProperty("deposited").GetString());
        Assert.True(after.GetProperty("isRegistered").GetBoolean());
        Assert.Equal($"{750 - NetworkUnderTest.RegistrationFee}", after.GetProperty("deposited").GetString());
        Assert.Equal(before.GetProperty("channel").GetString(), after.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task A_provider_registers_with_a_loan_and_pays_whoever_sends_it()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var provider = network.NewIdentity(chain);
        await SucceedAsync(network, network.Deployer, "channel", "top-up", "400", "--identity", provider);

        await SucceedAsync(
            network, provider, "identity", "register", "--loan", "300", "--fee", "9", "--beneficiary", network.Deployer,
            "--sender", network.Deployer, "--sender-password-file", network.PasswordFile);

        var channel = await network.ShowAsync("provider", "show", provider);
        Assert.Equal(("300", "300"), (channel.GetProperty("loan").GetString(), channel.GetProperty("balance").GetString()));
        Assert.Equal(network.Deployer, channel.GetProperty("beneficiary").GetString());
        var rest = await network.ShowAsync("channel", "show", provider);
        Assert.Equal($"{400 - 300 - 9 - (int)NetworkUnderTest.RegistrationFee}", rest.GetProperty("balance").GetString());
    }

    [Fact]
    public async Task Registration_without_enough_tokens_says_how_many_are_missing()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);
        await SucceedAsync(network, network.Deployer, "channel", "top-up", "5", "--identity", consumer);

        var result = await network.RunAsync(consumer, "identity", "register");

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains($"channel top-up {NetworkUnderTest.RegistrationFee - 5} --identity {consumer}", result.Error);
    }

    [Fact]
    public async Task Nobody_registers_twice_or_sends_what_he_has_not()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);
        await SucceedAsync(network, network.Deployer, "channel", "top-up", "100", "--identity", consumer);
        await SucceedAsync(network, consumer, "identity", "register");

        var again = await network.RunAsync(consumer, "identity", "register");
        var tooMuch = await network.RunAsync(
            network.Deployer, "channel", "top-up", $"{NetworkUnderTest.DeployersTokens}", "--identity", consumer);

        Assert.Equal(ExitCode.Failure, again.ExitCode);
        Assert.Contains("registered already", again.Error);
        Assert.Equal(ExitCode.Failure, tooMuch.ExitCode);
        Assert.Contains($"has {NetworkUnderTest.DeployersTokens - 100 + NetworkUnderTest.RegistrationFee} units", tooMuch.Error);
    }

    [Fact]
    public async Task A_network_file_is_never_overwritten_and_nothing_is_deployed_for_it()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var content = await File.ReadAllTextAsync(network.File);

        var result = await network.Shell.RunAsync(
            "network", "deploy", "--rpc", chain.Anvil.Endpoint.ToString(),
            "--key", network.Deployer, "--password-file", network.PasswordFile,
            "--development-token", "100", "--stake", "100", "--fee", "0", "--output", network.File);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("exists already", result.Error);
        Assert.Equal(content, await File.ReadAllTextAsync(network.File));
    }

    [Fact]
    public async Task A_stake_that_the_deployer_has_not_is_found_out_before_anything_is_deployed()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var poor = network.NewIdentity(chain);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(network.File));

        var result = await network.Shell.RunAsync(
            "network", "deploy", "--rpc", chain.Anvil.Endpoint.ToString(), "--key", poor, "--password-file", network.PasswordFile,
            "--token", file.RootElement.GetProperty("token").GetString()!, "--stake", "100", "--fee", "0",
            "--output", network.Shell.PathOf("second.json"));

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("Nothing was deployed", result.Error);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_named_without_its_address()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);

        var result = await network.Shell.RunAsync(
            "provider", "show", network.Deployer, "--network", network.File, "--rpc", "http://127.0.0.1:1/secret-access-key");

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("--rpc", result.Error);
        Assert.DoesNotContain("secret-access-key", result.Error);
    }

    private static async Task SucceedAsync(NetworkUnderTest network, string key, params string[] arguments)
    {
        var result = await network.RunAsync(key, arguments);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
    }
}

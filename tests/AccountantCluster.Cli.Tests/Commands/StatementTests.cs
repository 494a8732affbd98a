using System.Text.Json;
using AccountantCluster.Cli.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary>Statements by the chain alone: with an accountant they are in the end-to-end tests.</summary>
[Collection(LocalChainGroup.Name)]
public sealed class StatementTests(LocalChain chain)
{
    [Fact]
    public async Task A_consumer_sees_what_came_and_what_registration_cost_without_a_password()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = await RegisterAsync(network);

        string[] statement = ["channel", "statement", "--chain-only", "--key", consumer, "--network", network.File];
        var json = await network.Shell.JsonAsync(statement);
        var text = await network.Shell.RunAsync(statement);
        var provider = await network.Shell.JsonAsync(
            "provider", "statement", "--chain-only", "--key", consumer, "--network", network.File);

        Assert.True(json.GetProperty("reconciles").GetBoolean());
        Assert.Equal(
            [("deposited", "500", "0"), ("registered", "0", $"{NetworkUnderTest.RegistrationFee}")],
            json.GetProperty("lines").EnumerateArray().Select(line => (Text(line, "kind"), Text(line, "in"), Text(line, "out"))));
        Assert.Equal($"{500 - NetworkUnderTest.RegistrationFee}", Text(json.GetProperty("closing"), "balance"));
        Assert.Equal(ExitCode.Success, text.ExitCode);
        Assert.Contains(json.GetProperty("lines")[0].GetProperty("transaction").GetString()!, text.Output);
        Assert.Contains("It adds up, to the unit", text.Output);
        Assert.Empty(provider.GetProperty("payments").EnumerateArray());
    }

    [Fact]
    public async Task Later_blocks_begin_with_what_was_there()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = await RegisterAsync(network);
        var all = await StatementAsync(network, consumer);
        var last = all.GetProperty("lines")[1].GetProperty("block").GetUInt64();

        var later = await StatementAsync(network, consumer, "--from-block", $"{last}");
        var tooLate = await network.RunAsync(consumer, "channel", "statement", "--chain-only", "--from-block", "123456789");

        Assert.Equal("500", Text(later.GetProperty("opening"), "balance"));
        Assert.Equal("registered", Text(Assert.Single(later.GetProperty("lines").EnumerateArray()), "kind"));
        Assert.Equal(ExitCode.Failure, tooLate.ExitCode);
        Assert.Contains("Block 123456789 is not confirmed yet", tooLate.Error);
    }

    [Fact]
    public async Task A_contract_that_says_something_else_than_its_events_is_a_failure_that_is_named_to_the_unit()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = await RegisterAsync(network);
        var channel = Address.Parse(Text(await StatementAsync(network, consumer), "channel")!);
        // The channel's settled stands alone in its first slot as long as nothing was signed.
        await chain.Anvil.SetStorageAsync(channel, default, Bytes32.FromUInt128(5));

        var result = await network.RunAsync(consumer, "channel", "statement", "--chain-only");
        var json = await network.RunAsync(consumer, "channel", "statement", "--chain-only", "--json");

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("what the contract says is settled: 5 expected, 0 found, 5 missing.", result.Error);
        Assert.DoesNotContain("It adds up", result.Output);
        Assert.Equal(ExitCode.Failure, json.ExitCode);
        using var document = JsonDocument.Parse(json.Output);
        Assert.False(document.RootElement.GetProperty("reconciles").GetBoolean());
        Assert.Equal("SettledOnChain", Text(document.RootElement.GetProperty("differences")[0], "rule"));
    }

    private async Task<string> RegisterAsync(NetworkUnderTest network)
    {
        var consumer = network.NewIdentity(chain);
        Assert.Equal(
            ExitCode.Success,
            (await network.RunAsync(network.Deployer, "channel", "top-up", "500", "--identity", consumer)).ExitCode);
        Assert.Equal(ExitCode.Success, (await network.RunAsync(consumer, "identity", "register")).ExitCode);
        return consumer;
    }

    private static Task<JsonElement> StatementAsync(NetworkUnderTest network, string consumer, params string[] more) =>
        network.Shell.JsonAsync(["channel", "statement", "--chain-only", "--key", consumer, "--network", network.File, .. more]);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}

using System.Text.Json.Nodes;
using AccountantCluster.Cli.Tests.Support;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary>Where to send tokens before anything is registered.</summary>
[Collection(LocalChainGroup.Name)]
public sealed class ChannelAddressTests(LocalChain chain)
{
    [Fact]
    public async Task The_address_is_known_without_the_chain_and_is_where_the_channel_will_be()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);

        // No chain answers there.
        var address = await network.ShowAsync("channel", "address", consumer, "--loan", "30", "--fee", "5", "--rpc", "http://127.0.0.1:1");
        Assert.True(address.GetProperty("isOffline").GetBoolean());
        var needed = address.GetProperty("neededToRegister").GetString()!;
        Assert.Equal($"{NetworkUnderTest.RegistrationFee + 30 + 5}", needed);

        string[] register = ["identity", "register", "--loan", "30", "--fee", "5"];
        var tooLittle = $"{NetworkUnderTest.RegistrationFee + 30 + 4}";
        await SucceedAsync(network, network.Deployer, "channel", "top-up", tooLittle, "--identity", consumer);
        Assert.Equal(ExitCode.Failure, (await network.RunAsync(consumer, register)).ExitCode);
        await SucceedAsync(network, network.Deployer, "channel", "top-up", "1", "--identity", consumer);
        await SucceedAsync(network, consumer, register);
        var channel = await network.ShowAsync("channel", "show", consumer);
        Assert.True(channel.GetProperty("isRegistered").GetBoolean());
        Assert.Equal(channel.GetProperty("channel").GetString(), address.GetProperty("channel").GetString());
        Assert.Equal("0", channel.GetProperty("balance").GetString());
    }

    [Fact]
    public async Task A_network_file_that_does_not_know_everything_has_the_chain_asked()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);
        var known = await network.ShowAsync("channel", "address", consumer);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(network.File))!.AsObject();
        file.Remove("consumerChannelImplementation");
        await File.WriteAllTextAsync(network.File, file.ToJsonString());

        var asked = await network.ShowAsync("channel", "address", consumer);
        Assert.False(asked.GetProperty("isOffline").GetBoolean());
        Assert.Equal(known.GetProperty("channel").GetString(), asked.GetProperty("channel").GetString());
        Assert.Equal(known.GetProperty("neededToRegister").GetString(), asked.GetProperty("neededToRegister").GetString());
    }

    [Fact]
    public async Task A_network_file_with_other_code_than_the_chain_is_refused()
    {
        using var network = await NetworkUnderTest.DeployAsync(chain);
        var consumer = network.NewIdentity(chain);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(network.File))!.AsObject();
        file["consumerChannelImplementation"] = consumer;
        await File.WriteAllTextAsync(network.File, file.ToJsonString());

        var result = await network.RunAsync(network.Deployer, "channel", "top-up", "1", "--identity", consumer);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("other code", result.Error);
    }

    private static async Task SucceedAsync(NetworkUnderTest network, string key, params string[] arguments)
    {
        var result = await network.RunAsync(key, arguments);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
    }
}

using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AccountantCluster.Cli;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Keys;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.EndToEnd.Tests.Admin;

/// <summary>An admin freezes a consumer channel of a real node, with the program that admins use.</summary>
[SupportedOSPlatform("linux")]
public sealed class AdminTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private string Socket => network.Folder.File("admin.socket");

    [Fact]
    public async Task A_frozen_channel_takes_nothing_new_until_it_is_released_and_repeats_and_reveals_go_on()
    {
        await RestartWithSocketAsync();
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        using var provider = PrivateKey.Generate();
        var chain = HashChain.Derive(
            RandomNumberGenerator.GetBytes(HashChain.MinimumSecretLength), network.Chain.Profile.ChainId, network.Chain.Profile.Accountant, provider.Address, instance: 1);
        var first = BatchOf(Pay(consumer, provider, chain.Hashlock(0), total: 100, payment: 100));
        var second = BatchOf(Pay(consumer, provider, chain.Hashlock(1), total: 150, payment: 50));
        Assert.Equal(Wire.RejectionReason.Unspecified, (await ExchangeAsync(provider, first)).Promises[0].Reason);
        Assert.False((await ShowAsync(consumer)).GetProperty("frozen").GetBoolean());

        Assert.True((await AdminAsync("freeze", consumer)).GetProperty("frozen").GetBoolean());
        await IsFrozenAsync(consumer, provider, first, second);
        Assert.Contains(
            $"Channel {consumer.Party.Channel} of {consumer.Party.Identity} was frozen by the local admin",
            network.Node.Process.OutputTail,
            StringComparison.Ordinal);

        var reveal = new Wire.Batch { Hashlock = ByteString.CopyFrom(chain.Hashlock(0).Value.ToArray()) };
        reveal.Reveals.Add(ByteString.CopyFrom(chain.R(0).Value.ToArray()));
        Assert.Equal([Wire.RejectionReason.Unspecified], (await ExchangeAsync(provider, reveal)).Reveals);
        await network.HoldsAsync("the reveal reaches the frozen channel", async () => (await ShowAsync(consumer)).GetProperty("settleable").GetString() == "100");

        await network.KillNodeAsync();
        Assert.True(File.Exists(Socket));
        await network.StartNodeAsync();
        await IsFrozenAsync(consumer, provider, first, second);

        Assert.False((await AdminAsync("unfreeze", consumer)).GetProperty("frozen").GetBoolean());
        Assert.Equal(Wire.RejectionReason.Unspecified, (await ExchangeAsync(provider, second)).Promises[0].Reason);
        var released = await ShowAsync(consumer);
        Assert.False(released.GetProperty("frozen").GetBoolean());
        Assert.Equal("150", released.GetProperty("promised").GetString());
    }

    [Fact]
    public async Task The_socket_is_its_users_alone_and_the_network_knows_nothing_of_it()
    {
        await RestartWithSocketAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));

        // The same call that the socket answers is no call of the edge.
        using var connection = GrpcChannel.ForAddress(network.Node.Endpoint);
        using var someone = PrivateKey.Generate();
        var identity = ByteString.CopyFrom(someone.Address.ToArray());
        var client = new Wire.AdminService.AdminServiceClient(connection);
        await IsUnimplementedAsync(() => client.FreezeChannelAsync(new() { Consumer = identity }));
        await IsUnimplementedAsync(() => client.UnfreezeChannelAsync(new() { Consumer = identity }));
        await IsUnimplementedAsync(() => client.GetConsumerChannelAsync(new() { Consumer = identity }));
        Assert.StartsWith("ready: grpc http://127.0.0.1:", await ReadyLineAsync(), StringComparison.Ordinal);

        // And the other way round.
        using var local = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = OverSocket() });
        await IsUnimplementedAsync(() => new Wire.ExchangeService.ExchangeServiceClient(local).GetTermsAsync(new()));
        var malformed = await Assert.ThrowsAsync<RpcException>(
            async () => await new Wire.AdminService.AdminServiceClient(local).FreezeChannelAsync(new() { Consumer = ByteString.CopyFrom(1, 2) }));
        Assert.Equal("MALFORMED", malformed.Trailers.GetValue(Wire.ReasonTrailer.Name));
    }

    [Fact]
    public async Task A_second_node_does_not_take_the_socket_of_one_that_lives()
    {
        await RestartWithSocketAsync();
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(network.Folder.File("node.json")))!;
        configuration["storage"]!["directory"] = network.Folder.Folder("second-journal");
        configuration["operator"]!["totalsFile"] = network.Folder.File("second.totals");
        configuration["edge"]!["listen"] = "127.0.0.1:0";
        var second = network.Folder.File("second.json");
        await File.WriteAllTextAsync(second, configuration.ToJsonString());

        var refused = await Assert.ThrowsAsync<ProcessFailedException>(() => NodeProcess.StartAsync(second, network.Folder, null, CancellationToken.None));
        Assert.Contains("exit code 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"admin.socket: Another process listens at {Socket}", refused.Message, StringComparison.Ordinal);
        using var someone = network.NewConsumer(DemoScale.Deposit);
        Assert.False((await ShowAsync(someone)).GetProperty("registered").GetBoolean());
    }

    // As an operator adds it to a node that has run without.
    private async Task RestartWithSocketAsync()
    {
        if (File.Exists(Socket)) return;
        var file = network.Folder.File("node.json");
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        configuration["admin"] = new JsonObject { ["socket"] = Socket };
        await network.KillNodeAsync();
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        await network.StartNodeAsync();
    }

    private async Task IsFrozenAsync(DemoConsumer consumer, PrivateKey provider, Wire.Batch accepted, Wire.Batch refused)
    {
        Assert.True((await ShowAsync(consumer)).GetProperty("frozen").GetBoolean());
        Assert.Equal(Wire.RejectionReason.ChannelFrozen, (await ExchangeAsync(provider, refused)).Promises[0].Reason);
        var repeated = await ExchangeAsync(provider, accepted);
        Assert.Equal(Wire.RejectionReason.AlreadyCovered, repeated.Promises[0].Reason);
        Assert.NotNull(repeated.Promise);
    }

    private async Task<Wire.Answer> ExchangeAsync(PrivateKey provider, Wire.Batch batch)
    {
        using var connection = GrpcChannel.ForAddress(network.Node.Endpoint);
        await using var stream = await network.OpenStreamAsync(provider, connection);
        return await stream.ExchangeAsync(batch);
    }

    private Task<JsonElement> ShowAsync(DemoConsumer consumer) => AdminAsync("channel", consumer);

    private async Task<JsonElement> AdminAsync(string command, DemoConsumer consumer)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new Host
        {
            Input = TextReader.Null,
            Output = output,
            Error = error,
            IsInteractive = false,
            Home = network.Folder.File("home"),
            Prompt = new ConsolePrompt(),
        };
        string[] arguments = ["admin", command, consumer.Party.Identity.ToChecksumString(), "--socket", Socket, "--json"];
        Assert.True(await CommandLine.RunAsync(arguments, host, deadline.Token) == 0, error.ToString());
        using var document = JsonDocument.Parse(output.ToString());
        Assert.Equal(consumer.Party.Channel.ToChecksumString(), document.RootElement.GetProperty("channel").GetString());
        return document.RootElement.Clone();
    }

    private Task<string> ReadyLineAsync() => network.Node.Process.WaitForLineAsync(line => line.StartsWith("ready:", StringComparison.Ordinal), Deadline);

    private SocketsHttpHandler OverSocket() => new()
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new System.Net.Sockets.Socket(
                System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
            await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(Socket), cancellation);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    };

    private static async Task IsUnimplementedAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        using var calling = call();
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await calling);
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    private static SignedPromise Pay(DemoConsumer consumer, PrivateKey provider, Hashlock hashlock, ulong total, ulong payment) => consumer.Account.Pay(
        new Invoice(provider.Address, AgreementId.From(1), new Amount(total), hashlock), provider.Address, new Amount(payment));

    private static Wire.Batch BatchOf(SignedPromise promise)
    {
        var batch = new Wire.Batch();
        batch.Promises.Add(promise.ToWire());
        return batch;
    }
}

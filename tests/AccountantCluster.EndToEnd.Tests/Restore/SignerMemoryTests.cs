using System.Text.Json.Nodes;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Net.Client;

namespace AccountantCluster.EndToEnd.Tests.Restore;

/// <summary>What a node signed it does not forget with its books (protocol §4, restore from an old backup).</summary>
public sealed class SignerMemoryTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private static readonly Hashlock Hashlock = new Preimage(Keccak256.Hash("an R that is never shown"u8)).ToHashlock();

    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    private string Backup => network.Folder.File("backup");

    [Fact]
    public async Task A_node_with_old_books_signs_nothing_below_what_it_signed_before()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        using var provider = PrivateKey.Generate();
        var (first, lost) = (Pay(consumer, provider, 1, total: 300, payment: 300), Pay(consumer, provider, 1, total: 1_000, payment: 700));
        Assert.Equal(new Amount(297), await SignedForAsync(provider, first));
        await network.KillNodeAsync();
        Copy(network.Storage, Backup);
        await network.StartNodeAsync();
        var held = Assert.NotNull(await SignedForAsync(provider, lost));
        Assert.Equal(new Amount(990), held);
        await network.KillNodeAsync();

        Copy(Backup, network.Storage);
        await network.StartNodeAsync();
        using (var connection = GrpcChannel.ForAddress(network.Node.Endpoint))
        {
            await using var stream = await network.BeginStreamAsync(connection);
            await stream.SendAsync(Sessions.Sign(network.Chain.Profile, provider.Address, provider, stream.Challenge, Sessions.Soon));
            Assert.Null((await stream.ReadAsync()).Opened.LatestPromise);

            // What the old books know already, and what is new to them but comes to less than was signed.
            await IsCountedAndNotSignedAsync(stream, first, Wire.RejectionReason.AlreadyCovered);
            await IsCountedAndNotSignedAsync(stream, Pay(consumer, provider, 2, total: 1, payment: 1), Wire.RejectionReason.Unspecified);
        }

        var whole = Assert.NotNull(await SignedForAsync(provider, lost));
        Assert.True(whole >= held, $"{whole} was signed after {held}.");
        Assert.Equal(new Amount(991), whole);
    }

    [Fact]
    public async Task Two_nodes_do_not_share_a_memory()
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(network.Folder.File("node.json")))!;
        configuration["storage"]!["directory"] = network.Folder.Folder("second-journal");
        configuration["edge"]!["listen"] = "127.0.0.1:0";
        var second = network.Folder.File("second.json");
        await File.WriteAllTextAsync(second, configuration.ToJsonString());

        var refused = await Assert.ThrowsAsync<ProcessFailedException>(() => NodeProcess.StartAsync(second, network.Folder, null, CancellationToken.None));
        Assert.Contains("exit code 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"operator.totalsFile: {network.Totals} is in use by another process", refused.Message, StringComparison.Ordinal);
        network.MustAnswerItself();
    }

    [Fact]
    public async Task Two_nodes_do_not_share_books_and_a_killed_one_is_in_nobodys_way()
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(network.Folder.File("node.json")))!;
        configuration["operator"]!["totalsFile"] = network.Folder.File("third.totals");
        configuration["edge"]!["listen"] = "127.0.0.1:0";
        var third = network.Folder.File("third.json");
        await File.WriteAllTextAsync(third, configuration.ToJsonString());

        var refused = await Assert.ThrowsAsync<ProcessFailedException>(() => NodeProcess.StartAsync(third, network.Folder, null, CancellationToken.None));
        Assert.Contains("exit code 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{network.Storage} is in use by another process", refused.Message, StringComparison.Ordinal);
        network.MustAnswerItself();

        await network.KillNodeAsync();
        Assert.True(File.Exists(Path.Combine(network.Storage, "node.lock")));
        await network.StartNodeAsync();
    }

    [Fact]
    public async Task The_keystores_password_can_come_from_standard_input()
    {
        await network.StopNodeAsync();
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(network.Folder.File("node.json")))!;
        var password = await File.ReadAllTextAsync((string)configuration["operator"]!["passwordFile"]!);
        configuration["operator"]!["passwordFile"] = "-";
        var asking = network.Folder.File("asking.json");
        await File.WriteAllTextAsync(asking, configuration.ToJsonString());
        var command = NodeProcess.CommandFor(asking, network.Folder, program: null);
        foreach (var (input, said) in new[] { (password, "ready: "), ("wrong", "Cannot open the operator's keystore") })
        {
            await using var node = ManagedProcess.Start(command with { StandardInput = $"{input}\n" });
            await node.WaitForLineAsync(line => line.StartsWith(said, StringComparison.Ordinal), StartDeadline, CancellationToken.None);
            await node.StopAsync(StartDeadline);
        }
        await network.StartNodeAsync();
    }

    private async Task<Amount?> SignedForAsync(PrivateKey provider, SignedPromise promise)
    {
        using var connection = GrpcChannel.ForAddress(network.Node.Endpoint);
        await using var stream = await network.OpenStreamAsync(provider, connection);
        var answer = await stream.ExchangeAsync(BatchOf(promise));
        return answer.Promise is { } signed && WireFormat.TryReadAmount(signed.Amount.Span, allowZero: false, out var amount, out _) ? amount : null;
    }

    private static async Task IsCountedAndNotSignedAsync(RawStream stream, SignedPromise promise, Wire.RejectionReason reason)
    {
        var answer = await stream.ExchangeAsync(BatchOf(promise));
        Assert.Equal(reason, answer.Promises[0].Reason);
        Assert.Null(answer.Promise);
        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, answer.Reason);
    }

    private static SignedPromise Pay(DemoConsumer consumer, PrivateKey provider, ulong agreement, ulong total, ulong payment) =>
        consumer.Account.Pay(
            new Invoice(provider.Address, AgreementId.From(agreement), new Amount(total), Hashlock), provider.Address, new Amount(payment));

    private static Wire.Batch BatchOf(SignedPromise promise)
    {
        var batch = new Wire.Batch();
        batch.Promises.Add(promise.ToWire());
        return batch;
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

using System.Globalization;
using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.EndToEnd.Tests.Commands;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Exit;

/// <summary>A consumer with a deposit who pays a provider, and leaves by commands whose transactions somebody else sends.</summary>
internal sealed class LeavingConsumer : IAsyncDisposable
{
    private readonly LiveNetwork _network;
    private readonly PrivateKey _maker = DevelopmentAccounts.Key(1);
    private readonly CommandShell _shell;

    private LeavingConsumer(LiveNetwork network, DemoConsumer consumer, DemoProvider provider)
    {
        (_network, Consumer, Provider, _shell) = (network, consumer, provider, new CommandShell(network));
        (Key, Sender) = (_shell.Add(consumer.Party.Key), _shell.Add(_maker));
        using var beneficiary = PrivateKey.Generate();
        Beneficiary = beneficiary.Address;
    }

    public DemoConsumer Consumer { get; }

    public DemoProvider Provider { get; }

    /// <summary>The consumer's key in the shell.</summary>
    public string Key { get; }

    /// <summary>The key in the shell that sends transactions.</summary>
    public string Sender { get; }

    /// <summary>Where its money goes, and nothing else ever went.</summary>
    public Address Beneficiary { get; }

    public static async Task<LeavingConsumer> BeginAsync(LiveNetwork network)
    {
        var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        // Numbered as the consumer is, so that its books are its own.
        var number = int.Parse(consumer.Party.Name.Split(' ')[1], CultureInfo.InvariantCulture);
        var leaving = new LeavingConsumer(network, consumer, new DemoProvider(number, network.Chain.Profile));
        await leaving.Provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        return leaving;
    }

    /// <summary>Runs a command of the consumer whose transaction the sender sends.</summary>
    public Task<JsonElement> RunAsync(params string[] arguments) => _shell.SentByAsync(Sender, Key, arguments);

    /// <summary>The same, once the node knows from a confirmed block that the exit before was paid.</summary>
    public async Task<JsonElement> RunAfterExitAsync(params string[] arguments)
    {
        JsonElement? done = null;
        await _network.HoldsAsync(
            "the node sees that the exit before was paid",
            async () => (done = await _shell.TrySentByAsync(Sender, Key, RejectionReason.ChannelExiting, arguments)) is not null);
        return done!.Value;
    }

    /// <summary>Runs a command of the sender's.</summary>
    public Task<JsonElement> SendAsync(params string[] arguments) => _shell.JsonAsync(Sender, arguments);

    /// <summary>Runs a command that must fail, and returns what it says.</summary>
    public async Task<string> FailAsync(string key, params string[] arguments)
    {
        var (code, _, error) = await _shell.RunAsync("", key, arguments);
        Assert.Equal(1, code);
        return error;
    }

    /// <summary>What the beneficiary has.</summary>
    public Task<Amount> LeftAsync() => _network.Chain.Token.GetBalanceAsync(Beneficiary, BlockReference.Latest);

    /// <summary>Waits until so many payments are accepted, or none will be any more.</summary>
    public Task AcceptedAsync(PaymentTally tally, long count, Task paying) => _network.HoldsAsync(
        $"{count} payments are accepted", () => Task.FromResult(tally.Accepted >= count || paying.IsCompleted));

    /// <summary>Waits until the node has brought home what was promised.</summary>
    public Task CollectedAsync(Amount promised) => _network.HoldsAsync(
        "the node has collected what was promised",
        async () => await new ConsumerChannelContract(_network.Chain.Client, Consumer.Party.Channel)
            .GetSettledAsync(BlockReference.Latest) == promised);

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        Consumer.Dispose();
        _shell.Dispose();
        _maker.Dispose();
    }
}

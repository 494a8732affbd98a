using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A real chain with the contracts and an accountant on it, and observers that follow it.</summary>
public sealed class ObservedChain : IAsyncLifetime, IDisposable
{
    private const ulong Forever = 1UL << 40;

    private static readonly Amount Stake = new(1_000);
    private static readonly TransactionSenderOptions Quick = new() { Confirmations = 0, PollInterval = TimeSpan.FromMilliseconds(20) };

    private readonly PrivateKey _key = DevelopmentAccounts.Key(0);
    private readonly SettlementMetrics _metrics = new(TimeProvider.System);
    private Anvil _anvil = null!;
    private JsonRpcEthereumClient _client = null!;
    private TransactionSender _sender = null!;
    private TokenContract _token = null!;
    private RegistryContract _registry = null!;
    private AccountantContract _accountant = null!;

    private AccountantAddresses Addresses => new(_accountant.Address, _registry.Address, _token.Address);

    public async Task InitializeAsync()
    {
        _anvil = await Anvil.StartAsync(await Toolchain.EnsureAsync());
        _client = new JsonRpcEthereumClient(_anvil.Endpoint);
        _sender = new TransactionSender(_client, _key, _anvil.ChainId, Quick);
        var deployment = new Deployment(_client, _sender);
        _token = await deployment.DeployTokenAsync();
        await _sender.SendAsync(_token.Mint(_key.Address, new Amount(1_000_000)));
        _registry = await deployment.DeployRegistryAsync(_token.Address, Stake, registrationFee: Amount.Zero, treasury: _key.Address);
        _accountant = await deployment.RegisterAccountantAsync(_registry, _key.Address, Stake, Accountant.FeeBasisPoints);
    }

    public async Task DisposeAsync() => await _anvil.DisposeAsync();

    public void Dispose()
    {
        _metrics.Dispose();
        _sender.Dispose();
        _client.Dispose();
        _key.Dispose();
    }

    /// <summary>Registers a new consumer with a deposit and returns its channel.</summary>
    internal async Task<Address> RegisterAsync(UInt128 deposit)
    {
        using var consumer = PrivateKey.Generate();
        return await RegisterAsync(consumer, deposit);
    }

    /// <summary>Registers a consumer with a deposit and returns its channel.</summary>
    internal async Task<Address> RegisterAsync(PrivateKey consumer, UInt128 deposit)
    {
        var message = new RegisterIdentity(
            consumer.Address, _accountant.Address, Amount.Zero, Address.Zero, Amount.Zero, Address.Zero, Forever);
        var digest = new AccountantDomain(_anvil.ChainId, _registry.Address).Digest(message);
        var receipt = await _sender.SendAsync(_registry.RegisterIdentity(message, Curve.Default.Sign(digest, consumer)));
        var channel = receipt.Events<IdentityRegistered>(_registry.Address).Single().Channel;
        await DepositAsync(channel, deposit);
        return channel;
    }

    internal Task DepositAsync(Address channel, UInt128 amount) => _sender.SendAsync(_token.Transfer(channel, new Amount(amount)));

    /// <summary>A consumer wants to leave without consent. Returns the block in which it says so.</summary>
    internal async Task<ulong> RequestExitAsync(PrivateKey consumer, Address channel)
    {
        var message = new RequestExit(ChannelId.OfConsumer(channel), consumer.Address, Nonce: 0, Forever);
        var signature = Curve.Default.Sign(new AccountantDomain(_anvil.ChainId, _accountant.Address).Digest(message), consumer);
        return (await _sender.SendAsync(new ConsumerChannelContract(_client, channel).RequestExit(message, signature))).BlockNumber;
    }

    /// <summary>Blocks without anything in them.</summary>
    internal Task MineAsync(int blocks) => _anvil.MineAsync(blocks);

    /// <summary>What the chain is now, to go back to.</summary>
    internal Task<string> SnapshotAsync() => _anvil.SnapshotAsync();

    /// <summary>
    /// The chain goes back to a snapshot and on from there with other blocks, until it is longer than it was.
    /// </summary>
    internal async Task ReorganiseAsync(string snapshot)
    {
        var before = (await _client.GetBlockAsync(BlockReference.Latest))!;
        await _anvil.RevertAsync(snapshot);
        // A sender that remembers its nonce would leave a gap.
        _sender.Dispose();
        _sender = new TransactionSender(_client, _key, _anvil.ChainId, Quick);
        // Another time makes another block of the same height.
        await _anvil.SetNextBlockTimestampAsync(before.Timestamp + 1);
        await _anvil.MineAsync((int)(before.Number - await _client.GetBlockNumberAsync()) + 1);
    }

    /// <summary>Whether a block is part of the chain.</summary>
    internal async Task<bool> HasAsync(BlockPosition position) =>
        (await _client.GetBlockAsync(BlockReference.At(position.Number)))?.Hash == position.Hash;

    /// <summary>A block comes that much later.</summary>
    internal Task PassAsync(TimeSpan time) => _anvil.AdvanceTimeAsync(time);

    /// <summary>The newest block's time.</summary>
    internal async Task<ulong> TimeAsync() => (await _client.GetBlockAsync(BlockReference.Latest))!.Timestamp;

    /// <summary>The accountant's contract.</summary>
    internal Address AccountantAddress => _accountant.Address;

    /// <summary>The chain's endpoint.</summary>
    internal Uri Endpoint => _anvil.Endpoint;

    /// <summary>An observer that has seen nothing yet.</summary>
    internal ObserverUnderTest Observer(IChannelFacts channels, SettlementOptions options) => Observer(_client, channels, options);

    /// <summary>An observer that looks through other eyes.</summary>
    internal ObserverUnderTest Observer(IEthereumClient client, IChannelFacts channels, SettlementOptions options) => new(
        new LogHistory(client, Addresses, options),
        new ChainObserver(client, channels, Addresses, options, NullLogger<ChainObserver>.Instance));

    /// <summary>Under which an observer's events are stored.</summary>
    internal string ObserverId => $"observer-{Convert.ToHexStringLower(_accountant.Address.ToArray())}";

    /// <summary>The actor of one.</summary>
    internal Props ObserverActor(IChannelFacts channels, SettlementOptions options, ClusterMetrics metrics) =>
        ActorFactory.Props(() => new ObserverActor(
            new LogHistory(_client, Addresses, options),
            new ChainObserver(_client, channels, Addresses, options, NullLogger<ChainObserver>.Instance),
            new OpeningDesk(_client, channels, Addresses, Opening, options, _metrics, NullLogger<OpeningDesk>.Instance),
            Addresses,
            options,
            metrics,
            _metrics));

    /// <summary>The instruments of its observers.</summary>
    internal SettlementMetrics Metrics => _metrics;

    /// <summary>What the accountant of this chain risks on consumers that are not registered yet.</summary>
    internal static OpeningPolicy Opening { get; } = Accountant.Opening with { RegistrationFee = Amount.Zero };

    /// <summary>Where a consumer's channel is or will be.</summary>
    internal Task<Address> ChannelOfAsync(PrivateKey consumer) =>
        _registry.GetChannelAddressAsync(consumer.Address, _accountant.Address, BlockReference.Latest);

    /// <summary>A consumer's registration as the accountant holds it, with a fee for whoever sends the transactions here.</summary>
    internal Opening OpeningOf(PrivateKey consumer, ulong deadline, UInt128 fee = default)
    {
        var message = new RegisterIdentity(
            consumer.Address,
            _accountant.Address,
            Amount.Zero,
            Address.Zero,
            new Amount(fee),
            fee == 0 ? Address.Zero : _key.Address,
            deadline);
        var digest = new AccountantDomain(_anvil.ChainId, _registry.Address).Digest(message);
        return new Opening(message, Curve.Default.Sign(digest, consumer), Amount.Zero);
    }

    /// <summary>Somebody sends a registration.</summary>
    internal Task SendAsync(Opening opening) =>
        _sender.SendAsync(_registry.RegisterIdentity(opening.Registration, opening.Signature));
}

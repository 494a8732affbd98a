using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Net.Client;

namespace AccountantCluster.EndToEnd.Tests.Live;

/// <summary>
/// A chain with the contracts on it and a real node in a process of its own, which can be killed and started again on the same storage and
/// port. Everything is gone with it.
/// </summary>
public class LiveNetwork : IAsyncLifetime
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(20);
    private const int KilledBySignal9 = 128 + 9;
    private const ulong FarFuture = 4_000_000_000;

    private readonly int _port = FreePort.Find();
    private string _configuration = "";
    private int _consumers;

    /// <summary>For nodes that are away for some seconds: whoever waits for one looks again soon.</summary>
    internal static ExchangeClientOptions Impatient { get; } = new() { LongestPause = TimeSpan.FromMilliseconds(500) };

    /// <summary>Where everything is written.</summary>
    internal DemoFolder Folder { get; } = new(keep: false);

    /// <summary>The chain.</summary>
    internal DemoChain Chain { get; private set; } = null!;

    /// <summary>The node that runs now, or ran last.</summary>
    internal NodeProcess Node { get; private set; } = null!;

    /// <summary>The SDK's connection to it.</summary>
    internal AccountantApi Api { get; private set; } = null!;

    /// <summary>A connection for calls of the test's own making.</summary>
    internal GrpcChannel Channel { get; private set; } = null!;

    /// <summary>The folder with the node's SQLite files.</summary>
    internal string Storage => Folder.File("journal");

    /// <summary>What the node's signer remembers, apart from its books.</summary>
    internal string Totals => Folder.File("operator.totals");

    /// <summary>Folder with the node's certificates; null for a node that speaks plain text.</summary>
    internal string? Certificates { get; private set; }

    /// <summary>What the node does; everything if null.</summary>
    private protected virtual IReadOnlyList<string>? Roles => null;

    /// <summary>When the node settles.</summary>
    private protected virtual NodeTold Told => new();

    public virtual async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        Chain = await DemoChain.StartAsync(_ => { }, deadline.Token);
        Certificates = await MakeCertificatesAsync(deadline.Token);
        _configuration = NodeFiles.Write(Folder, Chain, Told with
        {
            Listen = $"127.0.0.1:{_port}",
            Database = await StartDatabaseAsync(deadline.Token),
            Certificates = Certificates,
            Roles = Roles,
        });
        await StartNodeAsync();
        var authority = Certificates is null ? null : Path.Combine(Certificates, "ca.crt");
        Api = new AccountantApi(Node.Endpoint, Chain.Profile, Impatient with { CertificateAuthorityFile = authority });
        Channel = GrpcChannel.ForAddress(Node.Endpoint);
    }

    public virtual async Task DisposeAsync()
    {
        Channel.Dispose();
        Api.Dispose();
        await Node.DisposeAsync();
        await Chain.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Makes certificates for a network whose node speaks TLS.</summary>
    private protected virtual Task<string?> MakeCertificatesAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Starts a PostgreSQL for the node; null for one with SQLite files.</summary>
    private protected virtual Task<string?> StartDatabaseAsync(CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Starts a node on the storage that is there.</summary>
    internal async Task StartNodeAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        Node = await NodeProcess.StartAsync(_configuration, Folder, program: null, deadline.Token);
        MustAnswerItself();
    }

    /// <summary>SIGKILL for the very process that answers on the node's port.</summary>
    internal async Task KillNodeAsync()
    {
        MustAnswerItself();
        Node.Process.Kill();
        Assert.Equal(KilledBySignal9, await Node.Process.WaitForExitAsync(KillDeadline));
        Assert.Null(ListeningProcess.On(_port));
        await Node.DisposeAsync();
    }

    /// <summary>Stops the node as an operator does: its files are whole then, and may be copied.</summary>
    internal async Task StopNodeAsync()
    {
        MustAnswerItself();
        await Node.DisposeAsync();
        Assert.Null(ListeningProcess.On(_port));
    }

    /// <summary>The process that was started is the one that answers, and it runs.</summary>
    internal void MustAnswerItself()
    {
        Assert.False(Node.Process.HasExited, $"The node ended by itself:\n{Node.Process.OutputTail}");
        Assert.Equal(Node.Id, ListeningProcess.On(_port));
    }

    /// <summary>A consumer that nobody has heard of yet.</summary>
    internal DemoConsumer NewConsumer(Amount deposit) => new(Interlocked.Increment(ref _consumers), deposit, Chain.Profile, Folder);

    /// <summary>Consumers with a deposit that the node knows of.</summary>
    internal async Task<IReadOnlyList<DemoConsumer>> AddConsumersAsync(int count, Amount deposit)
    {
        var consumers = Enumerable.Range(0, count).Select(_ => NewConsumer(deposit)).ToArray();
        await Task.WhenAll(consumers.Select(consumer => TopUpAsync(consumer.Party, deposit + DemoScale.RegistrationFee)));
        await Task.WhenAll(consumers.Select(consumer => RegisterAsync(consumer.Party)));
        foreach (var consumer in consumers) await SeesDepositAsync(consumer);
        return consumers;
    }

    /// <summary>A stream to the node that has been given its challenge, over the connection that is there or another one.</summary>
    internal Task<RawStream> BeginStreamAsync(GrpcChannel? connection = null) => RawStream.BeginAsync(connection ?? Channel);

    /// <summary>A stream to the node whose session is open.</summary>
    internal Task<RawStream> OpenStreamAsync(PrivateKey provider, GrpcChannel? connection = null) =>
        RawStream.OpenAsync(connection ?? Channel, Chain.Profile, provider);

    /// <summary>A plain token transfer to a channel's address, whether the channel exists or not.</summary>
    internal Task TopUpAsync(DemoParty party, Amount amount) =>
        new Funding(Chain.Client, Chain.Profile, Chain.Deployer).TopUpAsync(party.Identity, amount)
            .WithinAsync(this, $"a top-up of {party.Name} is mined");

    /// <summary>Registers an identity out of what lies at its channel's address. Returns the block that it is in.</summary>
    internal async Task<ulong> RegisterAsync(DemoParty party, Amount loan = default, Address beneficiary = default)
    {
        var signed = SignedRegistration.Sign(Chain.Profile, party.Key, FarFuture, loan, beneficiary);
        var receipt = await Chain.TransactionMaker.SendAsync(Chain.Registry.RegisterIdentity(signed.Message, signed.Signature))
            .WithinAsync(this, $"the registration of {party.Name} is mined");
        return receipt.BlockNumber;
    }

    /// <summary>A consumer wants to leave without consent. Returns its channel.</summary>
    internal async Task<Address> RequestExitAsync(DemoConsumer consumer)
    {
        var channel = Chain.Profile.ChannelOf(consumer.Party.Identity);
        var message = new RequestExit(ChannelId.OfConsumer(channel), consumer.Party.Identity, Nonce: 0, FarFuture);
        var signature = Curve.Default.Sign(Chain.Profile.Domain.Digest(message), consumer.Party.Key);
        await Chain.TransactionMaker.SendAsync(new ConsumerChannelContract(Chain.Client, channel).RequestExit(message, signature))
            .WithinAsync(this, "the exit request is mined");
        return channel;
    }

    /// <summary>Waits until the node knows a consumer's deposit from a confirmed block.</summary>
    internal Task SeesDepositAsync(DemoConsumer consumer) => this.HoldsAsync(
        $"the node sees the deposit of {consumer.Party.Name}",
        async () => (await Api.GetChannelAsync(consumer.Party.Key)).Consumer?.Deposited == consumer.Deposit);
}

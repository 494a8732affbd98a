using System.Globalization;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Settlement;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>
/// A chain with the contracts, and a transaction maker's node that knows no accountant. Nobody but it has ether to send with.
/// </summary>
public sealed class MakerNetwork : IAsyncLifetime
{
    /// <summary>Seconds for which its quotes hold.</summary>
    public const int QuoteSeconds = 4;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(20);

    private static readonly UInt128 Ether = 10 * UInt128.Parse("1000000000000000000", CultureInfo.InvariantCulture);

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly int _port = FreePort.Find();
    private string _configuration = "";

    internal DemoFolder Folder { get; } = new(keep: false);

    internal DemoChain Chain { get; private set; } = null!;

    internal NodeProcess Node { get; private set; } = null!;

    internal TransactionMakerApi Api { get; private set; } = null!;

    /// <summary>Follows jobs through restarts.</summary>
    internal TransactionMakerClient Client { get; private set; } = null!;

    /// <summary>What the node's journal says of its lane.</summary>
    internal LaneJournal Lane => LaneJournal.Of(Folder.File("maker-journal"));

    internal Address Receiver => _key.Address;

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        Chain = await DemoChain.StartAsync(_ => { }, deadline.Token);
        await Chain.TransactionMaker.SendAsync(TransactionRequest.Pay(_key.Address, Ether), deadline.Token);
        _configuration = MakerFiles.Write(Folder, Chain, _key, _port, QuoteSeconds);
        var patient = new ExchangeClientOptions { LongestPause = TimeSpan.FromMilliseconds(500), MaxRepetitions = 60 };
        Api = new TransactionMakerApi(new Uri($"http://127.0.0.1:{_port}"), patient);
        Client = new TransactionMakerClient(Api, Chain.Client, Chain.Profile, patient);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Node.DisposeAsync();
        await Chain.DisposeAsync();
        Folder.Dispose();
        _key.Dispose();
    }

    internal async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        Node = await NodeProcess.StartAsync(_configuration, Folder, program: null, deadline.Token);
        // It is up; whoever sends on it comes a moment later.
        await HoldsAsync("it gives quotes", async () =>
        {
            try
            {
                return await Api.GetQuoteAsync(new JobShape(JobKind.Settle)) is not null;
            }
            catch (TransactionMakerUnavailableException)
            {
                return false;
            }
        });
    }

    /// <summary>SIGKILL.</summary>
    internal async Task KillAsync()
    {
        Node.Process.Kill();
        await Node.Process.WaitForExitAsync(KillDeadline);
        await Node.DisposeAsync();
    }

    /// <summary>Tokens to where an identity's channel is or will be, by a plain transfer.</summary>
    internal Task TopUpAsync(Address identity, Amount amount) =>
        new Funding(Chain.Client, Chain.Profile, Chain.Deployer).TopUpAsync(identity, amount).WaitAsync(Deadline);

    internal Task<Amount> TokensOfAsync(Address account) => Chain.Token.GetBalanceAsync(account, BlockReference.Latest);

    internal Task<bool> IsRegisteredAsync(Address identity) =>
        new Registration(Chain.Client, Chain.Profile).IsRegisteredAsync(identity);

    internal Task<ulong> CountSentAsync() => Chain.Client.GetTransactionCountAsync(Receiver, BlockReference.Latest);

    /// <summary>A total that the operator signed, with its R: all that a provider needs.</summary>
    internal SettleablePromise Promise(PrivateKey provider, Amount amount)
    {
        var r = new Preimage(Keccak256.Hash([.. provider.Address.ToArray(), (byte)1]));
        var message = new ProviderPromise(Chain.Profile.ProviderChannelOf(provider.Address), amount, r.ToHashlock());
        return new SettleablePromise(
            provider.Address, amount, r, Curve.Default.Sign(Chain.Profile.Domain.Digest(message), Chain.Operator));
    }

    /// <summary>Looks again and again until it is so.</summary>
    internal async Task HoldsAsync(string what, Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await isSo())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not in time: {what}. The node said last:\n{Node.Process.OutputTail}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Serving;

/// <summary>A demo's network without its show: it stays up for others' programs until it is told to stop.</summary>
internal sealed class DemoServer(DemoOptions options, Action<string> tell, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    // For the gas of some thousand transactions.
    private static readonly UInt128 EtherWei = 1_000_000_000_000_000_000;

    /// <summary>Starts everything, tells that it is up, and stays until <paramref name="cancellation"/>.</summary>
    /// <param name="folder">Where nodes keep their files.</param>
    /// <param name="files">What others need.</param>
    /// <param name="isUp">Hears of a network that can be used.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(DemoFolder folder, ServedFiles files, Action<ServedNetwork> isUp, CancellationToken cancellation)
    {
        files.RefuseToOverwrite();
        await using var chain = await DemoChain.StartAsync(tell, cancellation);
        await using var database = await DemoDatabase.StartAsync(options.Store, tell, cancellation);
        await using var nodes = await DemoNodes.StartAsync(
            options.Nodes, folder, chain, options.Node, database?.ConnectionString, tell, cancellation);
        using var consumer = PrivateKey.Generate();
        using var provider = PrivateKey.Generate();
        // A provider's channel exists for everybody, but its own transactions need gas.
        foreach (var party in (PrivateKey[])[consumer, provider])
            await chain.Deployer.SendAsync(TransactionRequest.Pay(party.Address, EtherWei), cancellation);
        await EnrolAsync(chain, consumer, cancellation);
        await Waiting.UntilAsync(
            "the node sees the consumer's deposit",
            async () => (await nodes.Api().GetChannelAsync(consumer, cancellation)).Consumer?.Deposited == DemoScale.Deposit,
            time,
            cancellation);
        files.Write(chain, nodes.Endpoint(), consumer, provider);
        isUp(new ServedNetwork(chain.Endpoint, nodes.Endpoint(), files.Folder, consumer.Address, provider.Address));
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
                nodes.MustRun();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            tell("Told to stop.");
        }
    }

    private async Task EnrolAsync(DemoChain chain, PrivateKey consumer, CancellationToken cancellation)
    {
        await new Funding(chain.Client, chain.Profile, chain.Deployer)
            .TopUpAsync(consumer.Address, DemoScale.Deposit + DemoScale.RegistrationFee, cancellation);
        var deadline = (ulong)(time.GetUtcNow() + Validity).ToUnixTimeSeconds();
        await new Registration(chain.Client, chain.Profile)
            .SendAsync(SignedRegistration.Sign(chain.Profile, consumer, deadline), chain.TransactionMaker, cancellation);
    }
}

using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.WayOut;

namespace AccountantCluster.Cli.Demo.Departures;

/// <summary>
/// The accountant is gone for good right after it promised a provider more, and that provider takes what is its own with nothing but its
/// evidence file, its key and the chain (protocol §6).
/// </summary>
internal sealed class Bereavement(
    DemoFolder folder, DemoChain chain, DemoParties parties, DemoNodes nodes, Action<string> tell, TimeProvider time)
{
    /// <summary>Pays once more, kills every node, and leaves.</summary>
    /// <param name="tally">Counts the payment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DemoFailedException">Something stays open.</exception>
    public async Task<MoneyRecovered> RunAsync(PaymentTally tally, CancellationToken cancellation)
    {
        var provider = parties.Providers[^1];
        await new ServiceSession(parties.Honest[0], provider, tally).PayOnceAsync(DemoScale.LastPayment, cancellation);
        var path = folder.File("evidence.json");
        EvidenceFile.Write(path, provider.Account.CaptureEvidence(), time.GetUtcNow());
        await nodes.VanishAsync(cancellation);
        tell($"The accountant is gone: its nodes were killed right after it promised {provider.Party.Name} more.");

        var evidence = EvidenceFile.Read(path).Evidence;
        var route = new OwnKeyRoute(chain.Client, evidence.Profile, chain.TransactionMaker);
        var report = await new ProviderRecovery(chain.Client, evidence, route)
            .RunAsync(provider.Party.Key, new RecoveryOptions { ReturnLoan = true }, cancellation);
        if (report.Open is [var open, ..]) throw new DemoFailedException($"{provider.Party.Name} could not take all back: {open}");
        tell($"{provider.Party.Name} collected, settled and took its loan back, with its evidence file and its key alone.");
        return new MoneyRecovered(provider.Party.Name, report.Collected, report.Paid, report.Returned, report.Transactions.Count);
    }
}

using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Load;

/// <summary>
/// A consumer promises the same money to two providers, who hand it in at two nodes at the same time and insist until each is told for
/// certain.
/// </summary>
internal sealed class DoubleSpend(PayingConsumer consumer, IReadOnlyList<(Address Identity, Desk Desk)> providers)
{
    // Two promises of it do not fit into the deposit, whatever their amounts are.
    private static readonly Amount Money = DemoScale.CheatsPromise;

    /// <summary>Tries it. R is revealed with the promise, so that nothing but the money can be the reason of a refusal.</summary>
    public Task RunAsync(CancellationToken abort) => Task.WhenAll(providers.Select(async provider =>
    {
        var r = new Preimage(Keccak256.Hash(Guid.NewGuid().ToByteArray()));
        var promise = consumer.Sign(provider.Identity, r.ToHashlock(), Money, Money);
        await provider.Desk.HandInAsync(
            new ExchangeBatch([promise], new ChainPosition(1, 0), [r], r.ToHashlock()), twice: true, abort);
    }));
}

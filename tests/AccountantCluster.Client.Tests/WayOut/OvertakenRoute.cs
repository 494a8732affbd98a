using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>Somebody does something right before each of the first transactions, between the look and the sending.</summary>
internal sealed class OvertakenRoute(ISettlementRoute behind, params Func<Task>[] before) : ISettlementRoute
{
    private int _sent;

    public Task<Amount> QuoteAsync(SettlementOrder order, CancellationToken cancellation = default) =>
        behind.QuoteAsync(order, cancellation);

    public async Task<TransactionReceipt> SendAsync(SettlementOrder order, CancellationToken cancellation = default)
    {
        if (_sent < before.Length) await before[_sent++]();
        return await behind.SendAsync(order, cancellation);
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>A key that has ether sends, and pays the gas.</summary>
/// <param name="client">The chain.</param>
/// <param name="profile">The accountant.</param>
/// <param name="sender">The key's lane; the caller disposes it.</param>
/// <param name="rate">What gas costs in tokens; null where the provider does not mind.</param>
public sealed class OwnKeyRoute(IEthereumClient client, AccountantProfile profile, TransactionSender sender, TokenRate? rate = null)
    : ISettlementRoute
{
    private readonly AccountantContract _accountant = new(client, profile.Accountant);

    /// <inheritdoc/>
    public async Task<Amount> QuoteAsync(SettlementOrder order, CancellationToken cancellation = default)
    {
        if (rate is not { } price) return Amount.Zero;
        var request = TransactionRequest.Of(order.ToCall(_accountant));
        var gas = await client.EstimateGasAsync(sender.Address, request, cancellation);
        var fees = await client.GetFeeSuggestionAsync(cancellation);
        return price.ToTokens(gas, fees.NextBaseFeePerGasWei, fees.PriorityFeePerGasWei);
    }

    /// <inheritdoc/>
    public Task<TransactionReceipt> SendAsync(SettlementOrder order, CancellationToken cancellation = default) =>
        sender.SendAsync(order.ToCall(_accountant), cancellation);
}

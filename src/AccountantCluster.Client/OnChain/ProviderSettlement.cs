using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.OnChain;

/// <summary>Cashes an accountant's promises on chain (paper §4.2): needs no help of the accountant.</summary>
public sealed class ProviderSettlement(IEthereumClient client, AccountantProfile profile, TransactionSender sender)
{
    private readonly AccountantContract _accountant = new(client, profile.Accountant);

    /// <summary>What settling would do.</summary>
    public async Task<SettlementPreview> PreviewAsync(SettleablePromise promise, CancellationToken cancellation = default)
    {
        var channel = await _accountant.GetChannelAsync(promise.Provider, BlockReference.Latest, cancellation);
        var withdrawable = await _accountant.GetWithdrawableAsync(BlockReference.Latest, cancellation);
        return new SettlementPreview(promise.Amount, channel.Settled, channel.Balance, withdrawable);
    }

    /// <summary>Settles and waits until it is confirmed; null where nothing is payable, and then nothing is sent.</summary>
    /// <param name="promise">From <see cref="ProviderAccount.Settleable"/>.</param>
    /// <param name="fee">What the provider pays a transaction maker; null for nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<SettlementReport?> SettleAsync(
        SettleablePromise promise, SignedSettlementFee? fee = null, CancellationToken cancellation = default)
    {
        var before = await PreviewAsync(promise, cancellation);
        if (before.Payable.IsZero) return null;
        var receipt = await sender.SendAsync(_accountant.SettlePromise(promise.ToSettle(fee)), cancellation);
        var settled = receipt.Events<ProviderPromiseSettled>(profile.Accountant).Single(log => log.Provider == promise.Provider);
        return new SettlementReport(receipt.TransactionHash, before, settled.Paid, settled.Fee, settled.Settled, settled.Beneficiary);
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>A provider cashes what it holds: signed by it, sent by the transaction maker, who is paid in tokens by the same call.</summary>
internal sealed class Settlement(DemoChain chain, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>
    /// Settles the highest promise that the provider's account lets it settle. Whether it did; the node may have been faster.
    /// </summary>
    /// <exception cref="DemoFailedException">It holds none.</exception>
    public Task<bool> SettleAsync(DemoProvider provider, CancellationToken cancellation)
    {
        var promise = provider.Account.Settleable ?? throw new DemoFailedException($"{provider.Party.Name} holds nothing to settle.");
        return SettleAsync(provider, promise, cancellation);
    }

    /// <summary>Settles a promise that the provider holds. Whether it did; the node may have been faster.</summary>
    public async Task<bool> SettleAsync(DemoProvider provider, SettleablePromise promise, CancellationToken cancellation)
    {
        var channel = await chain.Accountant.GetChannelAsync(promise.Provider, BlockReference.Latest, cancellation);
        if (promise.Amount <= channel.Settled) return false;
        var fee = new SettlementFee(
            ChannelId.OfProvider(promise.Provider, chain.Profile.Accountant),
            channel.FeesPaid + DemoScale.TransactionMakerFee,
            chain.TransactionMaker.Address,
            MinSettled: Amount.Zero,
            (ulong)(time.GetUtcNow() + Validity).ToUnixTimeSeconds());
        var signed = new SignedSettlementFee(fee, Curve.Default.Sign(chain.Profile.Domain.Digest(fee), provider.Party.Key));
        var settlement = new ProviderSettlement(chain.Client, chain.Profile, chain.TransactionMaker);
        try
        {
            return await settlement.SettleAsync(promise, signed, cancellation) is not null;
        }
        catch (ContractRevertedException)
        {
            var now = await chain.Accountant.GetChannelAsync(promise.Provider, BlockReference.Latest, cancellation);
            if (now.Settled < promise.Amount) throw;
            return false;
        }
    }
}

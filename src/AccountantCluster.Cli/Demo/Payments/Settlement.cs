using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>Providers cash what they hold: signed by them, sent by the transaction maker, who is paid in tokens by the same call.</summary>
internal sealed class Settlement(DemoChain chain, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private int _sent;

    /// <summary>How many settlements were sent.</summary>
    public int Sent => _sent;

    /// <summary>Settles the highest promise that the provider's account lets it settle; nothing where it was settled before.</summary>
    /// <exception cref="DemoFailedException">It holds none.</exception>
    public async Task SettleAsync(DemoProvider provider, CancellationToken cancellation)
    {
        var promise = provider.Account.Settleable ?? throw new DemoFailedException($"{provider.Party.Name} holds nothing to settle.");
        var channel = await chain.Accountant.GetChannelAsync(promise.Provider, BlockReference.Latest, cancellation);
        if (promise.Amount <= channel.Settled) return;
        var fee = new SettlementFee(
            ChannelId.OfProvider(promise.Provider, chain.Profile.Accountant),
            channel.FeesPaid + DemoScale.TransactionMakerFee,
            chain.TransactionMaker.Address,
            MinSettled: Amount.Zero,
            (ulong)(time.GetUtcNow() + Validity).ToUnixTimeSeconds());
        var signed = new SignedSettlementFee(fee, Curve.Default.Sign(chain.Profile.Domain.Digest(fee), provider.Party.Key));
        var settled = await new ProviderSettlement(chain.Client, chain.Profile, chain.TransactionMaker).SettleAsync(promise, signed, cancellation);
        if (settled is null) throw new DemoFailedException($"{provider.Party.Name} settles, and nothing can be paid.");
        Interlocked.Increment(ref _sent);
    }
}

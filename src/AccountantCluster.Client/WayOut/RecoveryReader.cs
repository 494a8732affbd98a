using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>Reads, at one block, what a provider's evidence is worth.</summary>
internal sealed class RecoveryReader(IEthereumClient client, AccountantProfile profile, ICurve curve)
{
    private readonly AccountantContract _accountant = new(client, profile.Accountant);
    private readonly ChainReader _reader = new(client, profile.Token, profile.Accountant);

    /// <summary>The newest block.</summary>
    public Task<Block> NewestAsync(CancellationToken cancellation) => client.GetNewestBlockAsync(cancellation);

    /// <summary>A provider's channel.</summary>
    public async Task<ProviderChannelOnChain> ReadChannelAsync(Address provider, Block block, CancellationToken cancellation) =>
        (await _reader.ReadProviderChannelsAsync([provider], block, cancellation))[0];

    /// <summary>Everything at one block.</summary>
    public async Task<RecoverySight> ReadAsync(
        Address provider,
        IReadOnlyList<SettleablePromise> totals,
        IReadOnlyList<CollectablePromise> rows,
        Block block,
        CancellationToken cancellation)
    {
        var at = BlockReference.At(block);
        var channel = await ReadChannelAsync(provider, block, cancellation);
        var withdrawable = await _accountant.GetWithdrawableAsync(at, cancellation);
        var signed = new List<TotalOnChain>();
        foreach (var total in totals)
        {
            if (SignerOf(total) is not { } signer) continue;
            signed.Add(new TotalOnChain(total, signer, await _accountant.GetOperatorValidityAsync(signer, at, cancellation)));
        }
        var channels = await _reader.ReadConsumerChannelsAsync(
            [.. rows.Select(row => profile.ChannelOf(row.Promise.Consumer))], block, cancellation);
        return new RecoverySight(
            block, channel, withdrawable, signed, [.. rows.Zip(channels, (row, at) => Judge(row, at, block.Timestamp))]);
    }

    private static RowOnChain Judge(CollectablePromise row, ConsumerChannelOnChain channel, ulong time)
    {
        var owed = channel.IsRegistered ? row.Promise.Amount.SaturatingSubtract(channel.Settled) : Amount.Zero;
        return new RowOnChain(row, Amount.Min(owed, channel.Balance), channel.IsExitingAt(time));
    }

    private Address? SignerOf(SettleablePromise total)
    {
        var message = new ProviderPromise(profile.ProviderChannelOf(total.Provider), total.Amount, total.R.ToHashlock());
        return curve.TryRecover(profile.Domain.Digest(message), total.Signature, out var signer) ? signer : null;
    }
}

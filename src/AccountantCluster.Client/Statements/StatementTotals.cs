using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>Reads the totals that a statement begins and ends with.</summary>
internal sealed class StatementTotals(IEthereumClient client, AccountantProfile profile)
{
    private readonly ChannelReads _channels = new(client, profile);

    /// <summary>A provider's channel at a block.</summary>
    public Task<ProviderChannelOnChain> ReadProviderAsync(Address provider, Block block, CancellationToken cancellation) =>
        OfAsync(block, () => _channels.ReadProviderAsync(provider, block, cancellation));

    /// <summary>A consumer's channel at a block.</summary>
    public Task<ConsumerChannelOnChain> ReadConsumerAsync(Address consumer, Block block, CancellationToken cancellation) =>
        OfAsync(block, () => _channels.ReadConsumerAsync(consumer, block, cancellation));

    /// <summary>A provider's channel before a block; all zero before there is an accountant.</summary>
    public async Task<ProviderChannelOnChain> ReadProviderBeforeAsync(Address provider, ulong number, CancellationToken cancellation) =>
        await BeforeAsync(number, profile.Accountant, cancellation) is { } block
            ? await ReadProviderAsync(provider, block, cancellation)
            : new ProviderChannelOnChain(Address.Zero, default, default, default, default, default, Nonce: 0);

    /// <summary>A consumer's channel before a block; all zero before there is a token.</summary>
    public async Task<ConsumerChannelOnChain> ReadConsumerBeforeAsync(Address consumer, ulong number, CancellationToken cancellation) =>
        await BeforeAsync(number, profile.Token, cancellation) is { } block
            ? await ReadConsumerAsync(consumer, block, cancellation)
            : new ConsumerChannelOnChain(profile.ChannelOf(consumer), IsRegistered: false, Amount.Zero, Amount.Zero);

    // Null where the contract is not there yet: nothing has happened then.
    private async Task<Block?> BeforeAsync(ulong number, Address contract, CancellationToken cancellation)
    {
        if (number == 0) return null;
        var block = await client.GetBlockAsync(BlockReference.At(number - 1), cancellation)
            ?? throw new EthereumUnavailableException($"The node does not have block {number - 1}.");
        var code = await OfAsync(block, () => client.GetCodeAsync(contract, BlockReference.At(block), cancellation));
        return code.IsEmpty ? null : block;
    }

    private static async Task<T> OfAsync<T>(Block block, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (RpcException refusal)
        {
            throw new StatementException(
                $"The node does not say how things stood at block {block.Number}: nodes forget old states, archive nodes (--rpc) do not. "
                + refusal.Message,
                refusal);
        }
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// Reads statements from the chain, never from the accountant: all totals of one confirmed block that is named by its hash, and all lines
/// up to it. Where that block is replaced meanwhile, everything is read anew.
/// </summary>
/// <param name="client">The chain.</param>
/// <param name="profile">Which accountant.</param>
/// <param name="confirmations">Blocks on top of a block before it counts.</param>
/// <param name="lineLimit">Lines of one statement.</param>
public sealed class StatementReader(
    IEthereumClient client, AccountantProfile profile, int confirmations, int lineLimit = StatementLimits.Lines)
{
    private readonly StatementLines _lines = new(client, profile, lineLimit);
    private readonly StatementTotals _totals = new(client, profile);

    /// <summary>A provider's statement.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="word">What the accountant says, asked before; null for nothing.</param>
    /// <param name="fromBlock">The first block; 0 for everything.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="StatementException">Not of these blocks.</exception>
    /// <exception cref="EthereumException">The node does not answer, or refuses.</exception>
    public Task<ProviderStatement> ReadProviderAsync(
        Address provider, ProviderChannelOverview? word = null, ulong fromBlock = 0, CancellationToken cancellation = default) =>
        ReadAsync(
            fromBlock,
            async newest =>
            {
                var payments = await _lines.ReadPaymentsAsync(provider, fromBlock, newest.Number, cancellation);
                var (kept, until) = await CutAsync(payments, payment => payment.At, fromBlock, newest, cancellation);
                return new ProviderStatement(
                    provider,
                    new StatementSpan(fromBlock, BlockPosition.Of(until), IsCut: until.Number < newest.Number),
                    await _totals.ReadProviderBeforeAsync(provider, fromBlock, cancellation),
                    await _totals.ReadProviderAsync(provider, until, cancellation),
                    [.. kept],
                    [.. await _lines.ReadReceivedAsync(kept, cancellation)],
                    word);
            },
            cancellation);

    /// <summary>A consumer's statement.</summary>
    /// <param name="consumer">Whose.</param>
    /// <param name="word">What the accountant says, asked before; null for nothing.</param>
    /// <param name="fromBlock">The first block; 0 for everything.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="StatementException">Not of these blocks.</exception>
    /// <exception cref="EthereumException">The node does not answer, or refuses.</exception>
    public Task<ConsumerStatement> ReadConsumerAsync(
        Address consumer, ConsumerChannelOverview? word = null, ulong fromBlock = 0, CancellationToken cancellation = default) =>
        ReadAsync(
            fromBlock,
            async newest =>
            {
                var lines = await _lines.ReadConsumerAsync(consumer, fromBlock, newest.Number, cancellation);
                var (kept, until) = await CutAsync(lines, line => line.At, fromBlock, newest, cancellation);
                return new ConsumerStatement(
                    consumer,
                    new StatementSpan(fromBlock, BlockPosition.Of(until), IsCut: until.Number < newest.Number),
                    await _totals.ReadConsumerBeforeAsync(consumer, fromBlock, cancellation),
                    await _totals.ReadConsumerAsync(consumer, until, cancellation),
                    [.. kept],
                    word);
            },
            cancellation);

    private async Task<T> ReadAsync<T>(ulong fromBlock, Func<Block, Task<T>> read, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= StatementLimits.Attempts; attempt++)
        {
            var newest = await NewestAsync(fromBlock, cancellation);
            try
            {
                var statement = await read(newest);
                if (await IsThereAsync(newest, cancellation)) return statement;
            }
            catch (Exception problem) when (problem is RpcException or StatementException)
            {
                // A block that is gone cannot be asked about; any other refusal is the caller's.
                if (await IsThereAsync(newest, cancellation)) throw;
            }
        }
        throw new StatementException("The chain's confirmed blocks were replaced while they were read, again and again: ask another node.");
    }

    private async Task<Block> NewestAsync(ulong fromBlock, CancellationToken cancellation)
    {
        var newest = await new ConfirmedBlocks(client, confirmations).GetNewestAsync(cancellation)
            ?? throw new StatementException("The chain has no confirmed block yet.");
        if (fromBlock > newest.Number)
            throw new StatementException($"Block {fromBlock} is not confirmed yet; the newest one that is has number {newest.Number}.");
        return newest.Number - fromBlock < StatementLimits.Blocks
            ? newest
            : throw new StatementException(
                $"A statement covers {StatementLimits.Blocks} blocks; there are {newest.Number - fromBlock + 1} from block {fromBlock}: "
                + "begin later (--from-block).");
    }

    private async Task<bool> IsThereAsync(Block block, CancellationToken cancellation) =>
        (await client.GetBlockAsync(BlockReference.At(block.Number), cancellation))?.Hash == block.Hash;

    // Too many lines: only whole blocks, and the totals of the last of them, so that what is left adds up by itself.
    private async Task<(IReadOnlyList<T> Lines, Block Until)> CutAsync<T>(
        IReadOnlyList<T> lines, Func<T, LinePlace> place, ulong fromBlock, Block newest, CancellationToken cancellation)
    {
        if (lines.Count <= lineLimit) return (lines, newest);
        var beyond = place(lines[lineLimit]).Block;
        if (beyond == fromBlock) throw new StatementException($"Block {beyond} alone has more than {lineLimit} lines.");
        var until = await client.GetBlockAsync(BlockReference.At(beyond - 1), cancellation)
            ?? throw new EthereumUnavailableException($"The node does not have block {beyond - 1}.");
        return ([.. lines.TakeWhile(line => place(line).Block < beyond)], until);
    }
}

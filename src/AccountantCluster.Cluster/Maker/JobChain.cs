using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What the chain says of jobs. Safe for concurrent use.</summary>
internal sealed class JobChain(IEthereumClient client, MakerOptions options)
{
    private readonly RegistryContract _registry = new(client, options.Registry);

    /// <summary>The newest block.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public Task<Block> NewestAsync(CancellationToken cancellation) => client.GetNewestBlockAsync(cancellation);

    /// <summary>Whether the registry knows an accountant.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public Task<bool> IsAccountantAsync(Address accountant, Block block, CancellationToken cancellation) =>
        _registry.IsAccountantAsync(accountant, BlockReference.At(block), cancellation);

    /// <summary>What a job would do now.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<JobAim> AimAsync(MakerJob job, Block block, CancellationToken cancellation)
    {
        var at = BlockReference.At(block);
        if (await IsReachedAsync(job, at, cancellation)) return new JobAim(null, await ReachAsync(job, block, cancellation), null);
        try
        {
            var result = await client.CallAsync(new ContractCall(job.Request.To!.Value, job.Request.Data), at, cancellation);
            return new JobAim(await PaysAsync(job, result, at, cancellation), JobReach.None, null);
        }
        catch (ContractRevertedException refusal)
        {
            return new JobAim(null, JobReach.None, refusal.Error);
        }
    }

    /// <summary>Whether the chain shows what a job is for, at some block.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<bool> IsReachedAsync(MakerJob job, BlockReference block, CancellationToken cancellation) => job.Kind switch
    {
        JobKind.Register => await _registry.IsRegisteredAsync(job.Identity, job.Accountant, block, cancellation),
        _ => job.Pay.IsDoneOn(await ChannelAsync(job, block, cancellation)),
    };

    /// <summary>The transaction of an order that is in a block; null where none is.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<TransactionReceipt?> ReceiptAsync(LaneTransaction order, CancellationToken cancellation) =>
        await LaneReader.FindReceiptAsync(client, order, cancellation);

    /// <summary>What a transaction brought, in token base units.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<Amount> EarnedAsync(Bytes32 hash, CancellationToken cancellation)
    {
        var receipt = await client.GetTransactionReceiptAsync(hash, cancellation);
        return receipt is null
            ? Amount.Zero
            : receipt.Events<TokenTransfer>(options.Token)
                .Where(transfer => transfer.To == options.Receiver)
                .Aggregate(Amount.Zero, (sum, transfer) => sum + transfer.Value);
    }

    private async Task<JobReach> ReachAsync(MakerJob job, Block block, CancellationToken cancellation)
    {
        var confirmed = block.Number - Math.Min(block.Number, (ulong)options.Lane.Options.Confirmations);
        return await IsReachedAsync(job, BlockReference.At(confirmed), cancellation) ? JobReach.Confirmed : JobReach.Seen;
    }

    // A registration pays what was signed or reverts; a settlement what the channel's books leave of it.
    private async Task<Amount> PaysAsync(
        MakerJob job, ReadOnlyMemory<byte> result, BlockReference block, CancellationToken cancellation)
    {
        if (job.Kind == JobKind.Register) return job.Pay.TotalFee;
        return job.Pay.OnSettlement(await ChannelAsync(job, block, cancellation), new AbiDecoder(result).ReadAmount());
    }

    private Task<ProviderChannelOnChain> ChannelAsync(MakerJob job, BlockReference block, CancellationToken cancellation) =>
        new AccountantContract(client, job.Accountant).GetChannelAsync(job.Identity, block, cancellation);
}

using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Reads what contracts wrote, confirmed block by confirmed block, from where it was read before. Logs lead to channels and Rs; what a
/// channel holds is read from the chain's state (<see cref="ChainObserver"/>). Not safe for concurrent use.
/// </summary>
internal sealed class LogHistory(IEthereumClient client, AccountantAddresses addresses, SettlementOptions options)
{
    private readonly ConfirmedBlocks _blocks = new(client, options.Confirmations);
    private readonly LogReader _logs = new(client);

    /// <summary>Reads on, a bounded number of blocks. What it brings counts once its events are stored.</summary>
    /// <param name="state">How far the chain was read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="EthereumException">The chain does not answer, or changed meanwhile; nothing is lost, look again.</exception>
    public async Task<ChainReading> ReadAsync(ObserverState state, CancellationToken cancellation)
    {
        var newest = await _blocks.GetNewestAsync(cancellation);
        if (newest is null || newest.Number <= state.Trail.Newest?.Number) return Nothing(newest);

        var events = ImmutableArray.CreateBuilder<ObserverEvent>();
        var trail = await WalkBackAsync(state.Trail, cancellation);
        if (trail != state.Trail) events.Add(new ObserverEvent.WentBack(trail.Newest?.Number));

        var from = trail.Newest is { } read ? read.Number + 1 : options.FirstBlock;
        // A chain that is younger than the registry: of another network, or not there yet.
        if (newest.Number < from) return Nothing(confirmed: null);
        var last = newest.Number - from < options.BlocksPerLook
            ? newest
            : await BlockAtAsync(from + options.BlocksPerLook - 1, cancellation);
        var found = new Findings();
        await ReadRegistryAsync(found, from, last.Number, cancellation);
        await ReadAccountantAsync(found, from, last.Number, cancellation);
        if (newest.Number - from < options.BlocksWithHints) await ReadTransfersAsync(found, from, last.Number, cancellation);

        // Logs are asked for by height: they are this block's past only if it is still there.
        if ((await BlockAtAsync(last.Number, cancellation)).Hash != last.Hash)
            throw new EthereumUnavailableException($"Block {last.Number} changed while what lies below was read.");
        events.Add(new ObserverEvent.Read(BlockPosition.Of(last), [.. found.Consumers], [.. found.Providers.Except(state.Providers)]));
        return new ChainReading(events.ToImmutable(), last == newest ? newest : null, [.. found.Reveals], found.Touched)
        {
            WentBack = (state.Trail.Newest?.Number ?? 0) - (trail.Newest?.Number ?? 0),
        };
    }

    private static ChainReading Nothing(Block? confirmed) => new([], confirmed, [], ImmutableHashSet<Address>.Empty);

    // The newest block of the trail that the chain still has.
    private async Task<BlockTrail> WalkBackAsync(BlockTrail trail, CancellationToken cancellation)
    {
        while (trail.Newest is { } newest && (await BlockAtAsync(newest.Number, cancellation)).Hash != newest.Hash)
            trail = new BlockTrail(trail.Positions.RemoveAt(trail.Positions.Count - 1));
        return trail;
    }

    // All heights that are asked for lie below one that the node has shown: where it has none, it is behind itself.
    private async Task<Block> BlockAtAsync(ulong number, CancellationToken cancellation) =>
        await client.GetBlockAsync(BlockReference.At(number), cancellation)
        ?? throw new EthereumUnavailableException($"The Ethereum node does not have block {number}, which lies below its newest.");

    private async Task ReadRegistryAsync(Findings found, ulong from, ulong to, CancellationToken cancellation)
    {
        IReadOnlyList<IReadOnlyList<Bytes32>> ofThisAccountant = [[], [addresses.Accountant.ToBytes32()]];
        await foreach (var registered in
            _logs.ReadAsync<IdentityRegistered>(addresses.Registry, ofThisAccountant, from, to, cancellation))
        {
            found.Consumers.Add(new FoundConsumer(registered.Channel, registered.Identity));
            if (!registered.Loan.IsZero) found.Providers.Add(registered.Identity);
        }
    }

    private async Task ReadAccountantAsync(Findings found, ulong from, ulong to, CancellationToken cancellation)
    {
        await foreach (var log in _logs.ReadAllAsync(addresses.Accountant, [], from, to, cancellation))
        {
            // R in a settlement is public: it counts as revealed (protocol §5). A zero, where an operator paid without a promise, is told
            // too: as an R it would be public, and leaving it out would let a provider settle under it unseen.
            if (log.TryRead<ProviderPromiseSettled>(out var settled))
            {
                found.Providers.Add(settled.Provider);
                found.Reveals.Add((settled.Provider, settled.Lock));
            }
            else if (log.TryRead<LoanIncreased>(out var increased))
            {
                found.Providers.Add(increased.Provider);
            }
            // All events about a provider channel name it first.
            if (log.Topics.Count > 1) found.Touched.Add(new AbiDecoder(log.Topics[1].ToArray()).ReadAddress());
        }
    }

    private async Task ReadTransfersAsync(Findings found, ulong from, ulong to, CancellationToken cancellation)
    {
        await foreach (var transfer in _logs.ReadAsync<TokenTransfer>(addresses.Token, [], from, to, cancellation))
        {
            found.Touched.Add(transfer.From);
            found.Touched.Add(transfer.To);
        }
    }

    private sealed class Findings
    {
        public List<FoundConsumer> Consumers { get; } = [];

        public HashSet<Address> Providers { get; } = [];

        public List<(Address Provider, Preimage R)> Reveals { get; } = [];

        public HashSet<Address> Touched { get; } = [];
    }
}

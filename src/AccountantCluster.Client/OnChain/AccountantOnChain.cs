using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Reads an accountant's contract, and finds out where it stands. Operators are remembered for a while: revoking one takes effect 14 days
/// after its event (protocol §6). Safe for concurrent use.
/// </summary>
public sealed class AccountantOnChain : IAccountantOnChain
{
    private static readonly TimeSpan OperatorMemory = TimeSpan.FromMinutes(10);

    private readonly AccountantContract _contract;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // Valid operators only: an accountant has one or two, however many strangers sign.
    private readonly Dictionary<Address, long> _operators = [];

    /// <summary>Reads the contract of that accountant.</summary>
    public AccountantOnChain(IEthereumClient client, Address accountant, TimeProvider? time = null)
    {
        _contract = new AccountantContract(client, accountant);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Everything that signatures and channel addresses depend on, read from the chain.</summary>
    /// <exception cref="EthereumException">The node does not answer, or there is no accountant at that address.</exception>
    public static async Task<AccountantProfile> ReadProfileAsync(
        IEthereumClient client, Address accountant, CancellationToken cancellation = default)
    {
        var contract = new AccountantContract(client, accountant);
        var registry = new RegistryContract(client, await contract.GetRegistryAsync(BlockReference.Latest, cancellation));
        return new AccountantProfile(
            await client.GetChainIdAsync(cancellation),
            accountant,
            registry.Address,
            await registry.GetTokenAsync(BlockReference.Latest, cancellation),
            await registry.GetConsumerChannelImplementationAsync(BlockReference.Latest, cancellation));
    }

    /// <inheritdoc/>
    public async Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_operators.TryGetValue(signer, out var since) && _time.GetElapsedTime(since) < OperatorMemory) return true;
        }
        var isOperator = await _contract.IsOperatorAsync(signer, BlockReference.Latest, cancellation);
        lock (_lock)
        {
            if (isOperator) _operators[signer] = _time.GetTimestamp();
            else _operators.Remove(signer);
        }
        return isOperator;
    }

    /// <inheritdoc/>
    public async Task<uint> GetFeeBasisPointsAsync(CancellationToken cancellation = default) =>
        (uint)await _contract.GetFeeBasisPointsAsync(BlockReference.Latest, cancellation);
}

using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Reads an accountant's contract, and finds out where it stands. Operators are remembered for a while. Safe for concurrent use.
/// </summary>
public sealed class AccountantOnChain : IAccountantOnChain
{
    // For a provider that is asleep when the promise comes. An honest accountant has had another key for a week by then.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromDays(2);

    private readonly AccountantContract _contract;
    private readonly LastingKeys _operators;

    /// <summary>Reads the contract of that accountant.</summary>
    public AccountantOnChain(IEthereumClient client, Address accountant, TimeProvider? time = null)
    {
        _contract = new AccountantContract(client, accountant);
        _operators = new LastingKeys(client, _contract, SettlingTime, time ?? TimeProvider.System);
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
    public Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation = default) =>
        _operators.IsOperatorAsync(signer, cancellation);

    /// <inheritdoc/>
    public async Task<uint> GetFeeBasisPointsAsync(CancellationToken cancellation = default) =>
        (uint)await _contract.GetFeeBasisPointsAsync(BlockReference.Latest, cancellation);
}

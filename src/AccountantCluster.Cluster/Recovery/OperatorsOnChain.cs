using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary><see cref="IOperators"/> by the accountant's contract.</summary>
internal sealed class OperatorsOnChain(IEthereumClient client, AccountantAddresses addresses, TimeProvider time) : IOperators
{
    private readonly OperatorKeys _keys = new(new AccountantContract(client, addresses.Accountant), time);

    /// <inheritdoc/>
    public Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation) => _keys.IsOperatorAsync(signer, cancellation);
}

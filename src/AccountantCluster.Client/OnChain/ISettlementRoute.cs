using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Who sends what a provider wants done on chain, and what that costs: its own key with gas (<see cref="OwnKeyRoute"/>), or a transaction
/// maker that is paid out of the settlement (paper §4.6).
/// </summary>
public interface ISettlementRoute
{
    /// <summary>What sending would cost the provider now, in token base units.</summary>
    /// <exception cref="ContractRevertedException">It would do nothing.</exception>
    /// <exception cref="EthereumException">The chain or the transaction maker does not answer.</exception>
    Task<Amount> QuoteAsync(SettlementOrder order, CancellationToken cancellation = default);

    /// <summary>Sends, and waits until it is confirmed.</summary>
    /// <exception cref="ContractRevertedException">It would do nothing, so nothing was sent.</exception>
    /// <exception cref="TransactionRefusedException">It costs too much, or needs more gas than one transaction may.</exception>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    Task<TransactionReceipt> SendAsync(SettlementOrder order, CancellationToken cancellation = default);
}

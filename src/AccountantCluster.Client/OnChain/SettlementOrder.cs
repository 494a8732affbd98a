using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What a provider wants done on chain, whoever sends it: one transaction.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Promise">The accountant's promise to be settled, without a fee; null for none.</param>
/// <param name="Collect">Consumers' promises to be collected before it; empty for none.</param>
/// <param name="LoanReturn">Signed by the provider, to be paid after it; null for none.</param>
public sealed record SettlementOrder(
    Address Provider, PromiseToSettle? Promise, IReadOnlyList<PromiseToCollect> Collect, SignedLoanReturn? LoanReturn)
{
    /// <summary>Settles a promise, and nothing else.</summary>
    public static SettlementOrder Settle(PromiseToSettle promise) => new(promise.Provider, promise, [], null);

    /// <summary>
    /// The call. What is collected pays this provider only in the same transaction, so everything goes through <c>recover</c> but a
    /// settlement alone, which costs less.
    /// </summary>
    /// <param name="accountant">The accountant's contract.</param>
    /// <param name="fee">Signed by the provider for a transaction maker; null for none. It comes out of what the promise pays.</param>
    public ContractCall ToCall(AccountantContract accountant, SignedSettlementFee? fee = null)
    {
        var promise = Promise is { } own ? own with { Fee = fee } : null;
        return promise is not null && Collect.Count == 0 && LoanReturn is null
            ? accountant.SettlePromise(promise)
            : accountant.Recover(Provider, Collect, promise, LoanReturn);
    }
}

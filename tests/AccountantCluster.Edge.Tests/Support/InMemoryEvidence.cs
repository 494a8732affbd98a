using System.Collections.Concurrent;
using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>The seam of evidence: writes down what arrives, and says of it what a test says. One key is the operator's.</summary>
internal sealed class InMemoryEvidence : IEvidence, IOperators
{
    public ConcurrentQueue<(Address Provider, ProviderPromise Promise, Preimage R)> Totals { get; } = [];

    public ConcurrentQueue<(VerifiedPromise Promise, Preimage R)> Promises { get; } = [];

    /// <summary>What channels say of what arrives.</summary>
    public RejectionReason Says { get; set; }

    /// <summary>Runs before anything is said: to hold it back or to fail.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether the chain answers.</summary>
    public bool HasChain { get; set; } = true;

    public async Task<RejectionReason> ProveTotalAsync(
        Address provider, ProviderPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation)
    {
        Totals.Enqueue((provider, promise, r));
        await Before();
        return Says;
    }

    public async Task<RejectionReason> ProvePromiseAsync(
        VerifiedPromise promise, Preimage r, TimeSpan deadline, CancellationToken cancellation)
    {
        Promises.Enqueue((promise, r));
        await Before();
        return Says;
    }

    public Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation) => HasChain
        ? Task.FromResult(signer == TestKeys.Operator.Address)
        : throw new EthereumUnavailableException("The chain is away.");
}

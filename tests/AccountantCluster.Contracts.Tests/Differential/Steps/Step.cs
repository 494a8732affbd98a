using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;

namespace AccountantCluster.Contracts.Tests.Differential.Steps;

/// <summary>One action, for the model and for the chain.</summary>
/// <param name="Sender">Who sends the transaction.</param>
internal abstract record Step(string Sender)
{
    /// <summary>What the model says to it, and does.</summary>
    public abstract Verdict ApplyTo(World world);

    /// <summary>The same for the contracts.</summary>
    public abstract ContractCall ToCall(ContractsUnderTest contracts);
}

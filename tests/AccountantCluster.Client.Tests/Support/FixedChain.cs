using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>A chain that says what the test says.</summary>
internal sealed class FixedChain(uint feeBasisPoints = 0) : IAccountantOnChain
{
    public uint FeeBasisPoints { get; set; } = feeBasisPoints;

    public Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation = default) =>
        Task.FromResult(signer == TestWorld.Operator.Address);

    public Task<uint> GetFeeBasisPointsAsync(CancellationToken cancellation = default) => Task.FromResult(FeeBasisPoints);
}

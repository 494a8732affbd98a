using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>What a provider must hear from the chain and from nobody else (protocol §4, §5).</summary>
public interface IAccountantOnChain
{
    /// <summary>Whether a key signs for the accountant, and for long enough that its promises can be settled.</summary>
    Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation = default);

    /// <summary>The accountant's fee in hundredths of a per cent.</summary>
    Task<uint> GetFeeBasisPointsAsync(CancellationToken cancellation = default);
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Which keys sign for an accountant, by its contract. Those that do are remembered for a while: revoking one takes effect 14 days after
/// its event (protocol §6). Safe for concurrent use.
/// </summary>
public sealed class OperatorKeys(AccountantContract contract, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    // Valid operators only: an accountant has one or two, however many strangers sign.
    private readonly Dictionary<Address, long> _operators = [];

    /// <summary>Whether a key signs for the accountant.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_operators.TryGetValue(signer, out var since) && time.GetElapsedTime(since) < Memory) return true;
        }
        var isOperator = await contract.IsOperatorAsync(signer, BlockReference.Latest, cancellation);
        lock (_lock)
        {
            if (isOperator) _operators[signer] = time.GetTimestamp();
            else _operators.Remove(signer);
        }
        return isOperator;
    }
}

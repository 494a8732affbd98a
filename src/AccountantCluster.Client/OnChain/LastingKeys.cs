using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Which keys sign for an accountant for so long that their promises can be settled in time. Revoking one takes effect 14 days after its
/// event (protocol §6), and what is signed with it on the last day would take the place of a promise that is good for ever. Remembered for
/// a while. Safe for concurrent use.
/// </summary>
/// <param name="client">The chain.</param>
/// <param name="contract">The accountant's contract.</param>
/// <param name="least">How long a signature must hold from now on; whole seconds.</param>
/// <param name="time">The clock that remembering goes by.</param>
internal sealed class LastingKeys(IEthereumClient client, AccountantContract contract, TimeSpan least, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();

    // Valid operators only: an accountant has one or two, however many strangers sign.
    private readonly Dictionary<Address, long> _operators = [];

    /// <summary>Whether a key signs for the accountant, and for long enough.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<bool> IsOperatorAsync(Address signer, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_operators.TryGetValue(signer, out var since) && time.GetElapsedTime(since) < Memory) return true;
        }
        // By the chain's clock, as the contract judges it.
        var block = await client.GetNewestBlockAsync(cancellation);
        var validity = await contract.GetOperatorValidityAsync(signer, BlockReference.At(block), cancellation);
        var isOperator = validity.From <= block.Timestamp
            && block.Timestamp < validity.Until
            && validity.Until - block.Timestamp > (ulong)least.TotalSeconds;
        lock (_lock)
        {
            if (isOperator) _operators[signer] = time.GetTimestamp();
            else _operators.Remove(signer);
        }
        return isOperator;
    }
}

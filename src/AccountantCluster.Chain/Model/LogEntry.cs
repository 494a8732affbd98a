using System.Diagnostics.CodeAnalysis;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a contract wrote while a transaction ran.</summary>
/// <param name="Contract">Who wrote it.</param>
/// <param name="Topics">Up to four words; the first names the event.</param>
/// <param name="Data">The values that are not topics.</param>
/// <param name="BlockNumber">Height of its block.</param>
/// <param name="BlockHash">Identity of its block.</param>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="Index">Position in the block.</param>
public sealed record LogEntry(
    Address Contract,
    IReadOnlyList<Bytes32> Topics,
    ReadOnlyMemory<byte> Data,
    ulong BlockNumber,
    Bytes32 BlockHash,
    Bytes32 TransactionHash,
    ulong Index)
{
    /// <summary>
    /// The typed event; false for any other event. Whether <see cref="Contract"/> may be believed is for the caller to say.
    /// </summary>
    /// <exception cref="AbiException">It has the event's name but not its values.</exception>
    public bool TryRead<TEvent>([NotNullWhen(true)] out TEvent? value)
        where TEvent : class, IContractEvent<TEvent>
    {
        value = null;
        // Same name and types but other indexed values make the same topic: another event.
        if (Topics.Count != TEvent.Definition.IndexedCount + 1 || Topics[0] != TEvent.Definition.Topic) return false;
        var indexed = new byte[(Topics.Count - 1) * Bytes32.Length];
        for (var position = 1; position < Topics.Count; position++)
            Topics[position].CopyTo(indexed.AsSpan((position - 1) * Bytes32.Length));
        value = TEvent.Read(new AbiDecoder(indexed), new AbiDecoder(Data), this);
        return true;
    }
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>
/// A chain that follows from its height: one transaction and one log in each block, and calls whose results depend on call and block. What
/// honest nodes say about it, at whatever height they are.
/// </summary>
internal static class SmallChain
{
    public const ulong ChainId = 31_337;

    /// <summary>The height of a node that is not behind.</summary>
    public const ulong Head = 40;

    /// <summary>Calls of this contract revert, with what they were called with.</summary>
    public static readonly Address Reverting = Address.Parse("0x00000000000000000000000000000000000000ee");

    public static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000000000cc");

    public static Bytes32 BlockHash(ulong number) => Name($"block {number}");

    public static Bytes32 TransactionHash(ulong number) => Name($"transaction {number}");

    public static Block? Block(BlockReference block, ulong head) => Find(block, head) is { } number
        ? new Block(number, BlockHash(number), number == 0 ? default : BlockHash(number - 1), 1_000 + number, 7)
        : null;

    public static CallOutcome Call(ContractCall call, BlockReference block, ulong head)
    {
        var number = Find(block, head) ?? throw new RpcException(-32_000, "header not found");
        if (call.To == Reverting) return new CallOutcome(ReadOnlyMemory<byte>.Empty, new ContractRevertedException(3, call.Data));
        byte[] input = [.. call.To.ToArray(), .. call.Data.Span, (byte)number];
        return new CallOutcome(Keccak256.Hash(input).ToArray(), null);
    }

    public static ulong TransactionCount(BlockReference block, ulong head) =>
        block == BlockReference.Pending ? head + 2 : Find(block, head) ?? throw new RpcException(-32_000, "header not found");

    public static IReadOnlyList<LogEntry> Logs(LogFilter filter, ulong head)
    {
        var logs = new List<LogEntry>();
        for (var number = filter.FromBlock; number <= Math.Min(filter.ToBlock, head); number++) logs.Add(Log(number));
        return logs;
    }

    public static TransactionReceipt? Receipt(Bytes32 hash, ulong head)
    {
        for (ulong number = 0; number <= head; number++)
        {
            if (TransactionHash(number) != hash) continue;
            return new TransactionReceipt(hash, number, BlockHash(number), true, 21_000, 7, null, [Log(number)]);
        }
        return null;
    }

    public static LogEntry Log(ulong number) => new(
        Contract, [Name("event")], new byte[] { (byte)number }, number, BlockHash(number), TransactionHash(number), 0);

    private static ulong? Find(BlockReference block, ulong head)
    {
        for (ulong number = 0; number <= head; number++)
        {
            if (block == BlockReference.At(number) || block == BlockReference.At(BlockHash(number))) return number;
        }
        return block == BlockReference.Latest || block == BlockReference.Pending ? head : null;
    }

    private static Bytes32 Name(string text) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(text));
}

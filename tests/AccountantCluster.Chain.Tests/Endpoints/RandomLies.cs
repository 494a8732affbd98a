using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>Turns the truth into something else of the same type, or into none at all.</summary>
internal sealed class RandomLies(Dice dice)
{
    /// <summary>See <see cref="ToldEndpoint.Lie"/>.</summary>
    public object? Tell(string method, object? truth)
    {
        switch (dice.Roll(10))
        {
            case 0: throw new EthereumUnavailableException("away");
            case 1: throw new RpcException(-32_005, "too many requests");
            // A client that reads what no node says.
            case 2: throw new InvalidOperationException("nonsense");
            case 3: return truth;
            default: return Other(method, truth);
        }
    }

    private object? Other(string method, object? truth) => truth switch
    {
        ulong number => unchecked(number + (ulong)dice.Roll(1_000) - 500),
        UInt128 number => number + 1,
        bool known => !known,
        Bytes32 => Hash(),
        Block block => dice.Roll(2) == 0 ? null : block with { Hash = Hash(), Timestamp = (ulong)dice.Roll(10_000) },
        CallOutcome outcome => Other(outcome),
        IReadOnlyList<CallOutcome> outcomes => outcomes.Select(one => dice.Roll(2) == 0 ? one : Other(one)).ToArray(),
        ReadOnlyMemory<byte> => (ReadOnlyMemory<byte>)Bytes(),
        TransactionReceipt receipt => Other(receipt),
        IReadOnlyList<LogEntry> logs => Other(logs),
        FeeSuggestion fees => fees with { PriorityFeePerGasWei = (UInt128)dice.Roll(1_000) },
        null when method == nameof(IEthereumClient.GetTransactionReceiptAsync) => SmallChain.Receipt(SmallChain.TransactionHash(3), 3),
        _ => truth,
    };

    private CallOutcome Other(CallOutcome outcome) => dice.Roll(3) switch
    {
        0 => new CallOutcome(ReadOnlyMemory<byte>.Empty, new ContractRevertedException(3, Bytes())),
        1 => new CallOutcome(ReadOnlyMemory<byte>.Empty, new RpcException(-32_000, "out of gas")),
        _ => outcome with { Data = Bytes(), Error = null },
    };

    private TransactionReceipt? Other(TransactionReceipt receipt) => dice.Roll(4) switch
    {
        0 => null,
        1 => receipt with { Succeeded = !receipt.Succeeded },
        2 => receipt with { Logs = Other(receipt.Logs) },
        _ => receipt with { BlockNumber = (ulong)dice.Roll(40), BlockHash = Hash() },
    };

    private List<LogEntry> Other(IReadOnlyList<LogEntry> logs)
    {
        var told = logs.Where(_ => dice.Roll(2) == 0).Select(log => dice.Roll(2) == 0 ? log : log with { Data = Bytes() }).ToList();
        if (dice.Roll(2) == 0) told.Add(SmallChain.Log((ulong)dice.Roll(60)));
        // In a block that is there, and in one that is not.
        if (dice.Roll(2) == 0) told.Add(SmallChain.Log((ulong)dice.Roll(40)) with { TransactionHash = Hash() });
        if (dice.Roll(2) == 0) told.Add(SmallChain.Log((ulong)dice.Roll(40)) with { BlockHash = Hash() });
        return told;
    }

    private byte[] Bytes() => Hash().ToArray();

    private Bytes32 Hash() => Bytes32.FromUInt128((UInt128)dice.Roll(int.MaxValue));
}

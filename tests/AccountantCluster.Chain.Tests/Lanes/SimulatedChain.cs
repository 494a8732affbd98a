using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests;

/// <summary>
/// One account on a chain that misbehaves within its rules: prices jump, waiting transactions are dropped, blocks are reorganised. Follows
/// the rules of nodes for replacement.
/// </summary>
internal sealed class SimulatedChain(Dice dice, int deepest = SimulatedChain.DeepestReorganisation)
{
    public const int DeepestReorganisation = 4;

    private const int LowBaseFee = 10;
    private const int Spike = 50;

    private readonly List<MinedTransaction[]> _blocks = [];
    private readonly Dictionary<ulong, Eip1559Transaction> _waiting = [];
    private readonly List<Eip1559Transaction> _handedIn = [];
    private int _spikeFor;

    // So many blocks can never be reorganised any more, however often the newest ones are.
    private int _final;

    /// <summary>Everything that was ever taken.</summary>
    public IReadOnlyList<Eip1559Transaction> HandedIn => _handedIn;

    /// <summary>What is mined, in order.</summary>
    public IEnumerable<MinedTransaction> Mined => _blocks.SelectMany(block => block);

    public ulong Head => (ulong)_blocks.Count;

    public FeeSuggestion Gas => new((UInt128)BaseFee, 1);

    /// <summary>Data of orders that revert from now on.</summary>
    public HashSet<byte> Bad { get; } = [];

    private int BaseFee => _spikeFor > 0 ? LowBaseFee * Spike : LowBaseFee;

    public static Bytes32 Name(Eip1559Transaction transaction) => transaction.SigningHash();

    public ulong Count(ulong head) => (ulong)_blocks.Take((int)head).Sum(block => block.Length);

    /// <summary>With those that wait for nothing but a block.</summary>
    public ulong PendingCount()
    {
        var count = Count(Head);
        while (_waiting.ContainsKey(count)) count++;
        return count;
    }

    public bool Knows(Bytes32 hash) =>
        _waiting.Values.Concat(Mined.Select(mined => mined.Transaction)).Any(transaction => Name(transaction) == hash);

    public void HandIn(Eip1559Transaction transaction)
    {
        if (transaction.Nonce < Count(Head)) return;
        if (_waiting.TryGetValue(transaction.Nonce, out var before)
            && (transaction.MaxFeePerGasWei * 10 < before.MaxFeePerGasWei * 11
                || transaction.MaxPriorityFeePerGasWei * 10 < before.MaxPriorityFeePerGasWei * 11)) return;
        _waiting[transaction.Nonce] = transaction;
        _handedIn.Add(transaction);
    }

    public TransactionReceipt? Receipt(Bytes32 hash)
    {
        for (var height = 0; height < _blocks.Count; height++)
        {
            if (_blocks[height].FirstOrDefault(mined => Name(mined.Transaction) == hash) is not { } found) continue;
            return new TransactionReceipt(
                hash, (ulong)height + 1, default, found.Succeeded, 21_000, found.Transaction.MaxFeePerGasWei, DeployedContract: null, []);
        }
        return null;
    }

    public bool IsBad(Eip1559Transaction transaction) =>
        !transaction.Request.Data.IsEmpty && Bad.Contains(transaction.Request.Data.Span[0]);

    /// <summary>A block, and with trouble everything that can go wrong around it.</summary>
    public void Mine(bool trouble)
    {
        if (trouble)
        {
            if (_spikeFor == 0 && dice.Roll(20) == 0) _spikeFor = dice.Roll(30);
            if (dice.Roll(10) == 0) Reorganise(1 + dice.Roll(deepest));
            if (dice.Roll(8) == 0 && _waiting.Count > 0) _waiting.Remove(_waiting.Keys.ElementAt(dice.Roll(_waiting.Count)));
        }
        _spikeFor = trouble ? Math.Max(0, _spikeFor - 1) : 0;
        var block = new List<MinedTransaction>();
        for (var nonce = Count(Head); _waiting.TryGetValue(nonce, out var next); nonce++)
        {
            if (next.MaxFeePerGasWei < (UInt128)BaseFee || (trouble && dice.Roll(3) == 0)) break;
            block.Add(new MinedTransaction(next, !IsBad(next)));
            _waiting.Remove(nonce);
        }
        _blocks.Add([.. block]);
        _final = Math.Max(_final, _blocks.Count - deepest);
    }

    // What was mined waits again, or is lost.
    private void Reorganise(int depth)
    {
        for (var count = 0; count < depth && _blocks.Count > _final; count++)
        {
            foreach (var (transaction, _) in _blocks[^1])
            {
                if (dice.Roll(3) > 0) _waiting[transaction.Nonce] = transaction;
            }
            _blocks.RemoveAt(_blocks.Count - 1);
        }
    }
}

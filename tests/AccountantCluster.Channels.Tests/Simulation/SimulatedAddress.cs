using AccountantCluster.Channels.Consumer;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// A consumer channel's address on a chain of blocks before anything is there, and what a registration leaves: the one that the accountant
/// holds, or another one that takes everything as its fee. What is not confirmed may be taken back and come otherwise.
/// </summary>
internal sealed class SimulatedAddress
{
    public const int Confirmations = 3;

    private readonly List<Block> _blocks = [new Block(0, 1, UInt128.Zero, UInt128.Zero, IsRegistered: false)];

    public Block Head => _blocks[^1];

    public Block Confirmed => _blocks[Math.Max(0, _blocks.Count - 1 - Confirmations)];

    public static ConsumerChannelFacts Facts(Block block, Protocol.Amount granted) => new(
        block.Number, block.IsRegistered, new(block.Balance + block.Settled), new(block.Settled), Exiting: false)
    {
        Time = block.Time,
        Granted = block.IsRegistered ? default : granted,
    };

    public void Mine(ulong seconds) => Add(Head with { Time = Head.Time + seconds });

    public void Deposit(UInt128 amount) => Add(Head with { Balance = Head.Balance + amount });

    /// <summary>Whoever comes first registers.</summary>
    public void Register(UInt128 cost, ulong deadline)
    {
        if (Head.IsRegistered || Head.Balance < cost || Head.Time + 1 > deadline) return;
        Add(Head with { Balance = Head.Balance - cost, IsRegistered = true });
    }

    public void Settle(UInt128 amount)
    {
        if (!Head.IsRegistered) return;
        var paid = UInt128.Min(amount > Head.Settled ? amount - Head.Settled : 0, Head.Balance);
        Add(Head with { Balance = Head.Balance - paid, Settled = Head.Settled + paid });
    }

    /// <summary>Takes back what is not confirmed, and mines as many empty blocks and one more.</summary>
    public void Reorganise(int depth)
    {
        var taken = Math.Min(depth, (int)(Head.Number - Confirmed.Number));
        _blocks.RemoveRange(_blocks.Count - taken, taken);
        for (var count = 0; count <= taken; count++) Mine(1);
    }

    private void Add(Block block) => _blocks.Add(block with { Number = Head.Number + 1, Time = Math.Max(block.Time, Head.Time + 1) });

    public sealed record Block(ulong Number, ulong Time, UInt128 Balance, UInt128 Settled, bool IsRegistered);
}

using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// A consumer channel's contract on a chain of blocks (protocol §6): what is not confirmed may be taken back and come otherwise.
/// </summary>
internal sealed class SimulatedContract
{
    public const int Confirmations = 3;

    // Shorter than the real ones, and as far apart.
    private const ulong Notice = 40;
    private const ulong Lapse = 70;

    private readonly List<Block> _blocks = [new Block(0, 1, UInt128.Zero, UInt128.Zero, 0, null, null)];

    public Block Head => _blocks[^1];

    public Block Confirmed => _blocks[Math.Max(0, _blocks.Count - 1 - Confirmations)];

    /// <summary>Every block so far that is confirmed, to be told late and again.</summary>
    public Block ConfirmedAt(int index) => _blocks[Math.Min(index, (int)Confirmed.Number)];

    public static ConsumerChannelFacts Facts(Block block) => new(
        block.Number, Registered: true, new Amount(block.Balance + block.Settled), new Amount(block.Settled), IsOpen(block, block.Time))
    {
        Nonce = block.Nonce,
        Time = block.Time,
    };

    public void Mine(ulong seconds) => Add(Head with { Time = Head.Time + seconds });

    public void Deposit(UInt128 amount) => Add(Head with { Balance = Head.Balance + amount });

    public void RequestExit() => Add(Head with { Nonce = Head.Nonce + 1, ExitAt = Head.Time + 1, RequestedIn = Head.Number + 1 });

    public bool TryFinalizeExit()
    {
        if (Head.ExitAt is not { } at || Head.Time + 1 < at + Notice || !IsOpen(Head, Head.Time + 1)) return false;
        Add(Head with { Balance = 0, ExitAt = null, RequestedIn = null });
        return true;
    }

    public void Settle(UInt128 amount)
    {
        var paid = UInt128.Min(amount > Head.Settled ? amount - Head.Settled : 0, Head.Balance);
        Add(Head with { Balance = Head.Balance - paid, Settled = Head.Settled + paid });
    }

    /// <summary>Whether a consent can be paid in the next block or a later one.</summary>
    public bool IsPayable(ExitConsent consent) => consent.Nonce >= Head.Nonce && consent.Deadline > Head.Time;

    public bool TryPay(ExitConsent consent)
    {
        if (consent.Nonce != Head.Nonce || !IsPayable(consent) || Head.Balance < consent.Amount.Units) return false;
        Add(Head with { Nonce = Head.Nonce + 1, Balance = Head.Balance - consent.Amount.Units });
        return true;
    }

    /// <summary>Takes back what is not confirmed, and mines as many empty blocks and one more.</summary>
    public void Reorganise(int depth)
    {
        var taken = Math.Min(depth, (int)(Head.Number - Confirmed.Number));
        _blocks.RemoveRange(_blocks.Count - taken, taken);
        for (var count = 0; count <= taken; count++) Mine(1);
    }

    private static bool IsOpen(Block block, ulong time) => block.ExitAt is { } at && time <= at + Notice + Lapse;

    private void Add(Block block) => _blocks.Add(block with { Number = Head.Number + 1, Time = Math.Max(block.Time, Head.Time + 1) });

    public sealed record Block(
        ulong Number, ulong Time, UInt128 Balance, UInt128 Settled, ulong Nonce, ulong? ExitAt, ulong? RequestedIn);
}

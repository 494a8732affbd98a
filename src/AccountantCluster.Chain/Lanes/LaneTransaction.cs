using System.Collections.Immutable;
using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// What holds a nonce of a lane: an order, and every transaction that may have been handed in for it. One of those will be mined.
/// </summary>
/// <param name="Order">Whose it is.</param>
/// <param name="Nonce">Which transaction of its sender it is.</param>
/// <param name="Request">What the order does.</param>
/// <param name="GasLimit">Gas that the order may use.</param>
/// <param name="Attempts">In the order in which they were made; the last one counts, an earlier one may be mined all the same.</param>
public sealed record LaneTransaction(
    Bytes32 Order, ulong Nonce, TransactionRequest Request, ulong GasLimit, ImmutableArray<LaneAttempt> Attempts)
{
    private const ulong TransferGas = 21_000;

    /// <summary>An order of the lane's own that does nothing but take a nonce.</summary>
    /// <param name="nonce">The nonce.</param>
    /// <param name="head">Height of the newest block: the same nonce may be lost twice.</param>
    public static LaneTransaction Filler(ulong nonce, ulong head) => new(
        Keccak256.Hash(Encoding.ASCII.GetBytes(FormattableString.Invariant($"filler {nonce} at {head}"))),
        nonce,
        TransactionRequest.Pay(default, 0),
        TransferGas,
        []);

    /// <summary>What is stored of it first.</summary>
    /// <param name="attempt">Its first attempt, signed.</param>
    public LaneEvent.Placed PlacedWith(LaneAttempt attempt) => new(Order, Nonce, Request, GasLimit, attempt);

    /// <summary>The one that counts.</summary>
    public LaneAttempt Last => Attempts[^1];

    /// <summary>Whether an attempt has that hash.</summary>
    public LaneAttempt? Find(Bytes32 hash) => Attempts.FirstOrDefault(attempt => attempt.Hash == hash);

    /// <summary>Whether the one that counts has waited for so many blocks.</summary>
    /// <param name="head">Height of the newest block.</param>
    /// <param name="blocks">How many.</param>
    public bool HasWaited(ulong head, int blocks) => head >= Last.Head + (uint)blocks;

    /// <summary>The transaction of an attempt, bit by bit the same whenever it is made.</summary>
    /// <param name="chainId">The chain on which alone it is valid.</param>
    /// <param name="sender">Whose lane it is; it receives nothing where the order is cancelled.</param>
    /// <param name="fees">What it offers for gas.</param>
    /// <param name="cancels">Whether it does nothing but take the nonce.</param>
    public Eip1559Transaction Make(ulong chainId, Address sender, GasFees fees, bool cancels) => cancels
        ? new Eip1559Transaction(chainId, Nonce, fees.PriorityWei, fees.MaxWei, TransferGas, TransactionRequest.Pay(sender, 0))
        : new Eip1559Transaction(chainId, Nonce, fees.PriorityWei, fees.MaxWei, GasLimit, Request);
}

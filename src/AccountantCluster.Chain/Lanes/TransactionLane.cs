using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The rules of a lane: everything that one key sends, one nonce after the other, with none left out and none used for two orders. Pure:
/// what is to be done follows from what is stored and from what the chain shows. An order is stored with its nonce and its signature before
/// it is handed in, so whoever takes the lane over finds the same transaction again or makes it again bit by bit, and two that believe to
/// own the lane can at worst hand in the same one twice. Nobody else may send with the key.
/// </summary>
/// <param name="options">What it may spend.</param>
public sealed class TransactionLane(LaneOptions options)
{
    /// <summary>Whether an order can be placed, and where.</summary>
    /// <param name="state">Where the lane stands.</param>
    /// <param name="order">A number of whoever gives the order: the same one is placed once.</param>
    /// <param name="request">What it does; its simulation has succeeded.</param>
    /// <param name="gasLimit">Gas that it may use.</param>
    /// <param name="count">Transactions that the sender has sent, those that wait included, as the node says.</param>
    /// <param name="head">Height of the newest block.</param>
    /// <param name="gas">What gas costs now.</param>
    public PlaceDecision Place(
        LaneState state, Bytes32 order, TransactionRequest request, ulong gasLimit, ulong count, ulong head, FeeSuggestion gas)
    {
        if (state.Finished.TryGetValue(order, out var outcome)) return new PlaceDecision.Finished(outcome);
        if (state.Find(order) is not null) return new PlaceDecision.UnderWay();
        if (state.Open.Count >= options.MaxOpen) return new PlaceDecision.Full();
        if (options.Gas.Choose(gas) is not { } fees) return new PlaceDecision.TooDear();
        // A node that is behind, or has dropped what waited, counts too few; a lane whose journal begins anew knows none.
        var nonce = Math.Max(state.NextNonce, count);
        return new PlaceDecision.Place(
            new LaneTransaction(order, nonce, request, gasLimit, []), new LaneOffer(fees, head, Cancels: false));
    }

    /// <summary>What follows from a look at the chain, in the order in which it is to be done.</summary>
    /// <param name="state">Where the lane stands.</param>
    /// <param name="sight">What the look showed.</param>
    public IReadOnlyList<LaneStep> Look(LaneState state, LaneSight sight)
    {
        var steps = new List<LaneStep>();
        var isFirst = true;
        foreach (var transaction in state.Open.Values)
        {
            if (!sight.Transactions.TryGetValue(transaction.Nonce, out var seen)) continue;
            steps.AddRange(Look(transaction, seen, sight, isFirst));
            // Those behind wait for the first that is in no block.
            isFirst &= seen.Receipt is not null;
        }
        if (FindGap(state, sight) is { } fill) steps.Add(fill);
        return steps;
    }

    // Below what is under way, every nonce was in a block that counted. One that the chain has lost all the same, deeper than anybody
    // thought possible, would hold up everything for ever; what it did is planned anew, from what is on chain.
    private LaneStep.Fill? FindGap(LaneState state, LaneSight sight)
    {
        if (state.Open.Values.FirstOrDefault() is not { } first || sight.PendingCount >= first.Nonce) return null;
        if (!first.HasWaited(sight.Head, options.PatienceBlocks) || options.Gas.Choose(sight.Gas) is not { } fees) return null;
        return new LaneStep.Fill(
            LaneTransaction.Filler(sight.PendingCount, sight.Head), new LaneOffer(fees, sight.Head, Cancels: true));
    }

    private IEnumerable<LaneStep> Look(LaneTransaction transaction, TransactionSight seen, LaneSight sight, bool isFirst)
    {
        if (seen.Receipt is { } receipt)
        {
            if (sight.Head >= receipt.BlockNumber + (uint)options.Confirmations) yield return Finish(transaction, Outcome(transaction, receipt));
        }
        else if (sight.ConfirmedCount > transaction.Nonce)
        {
            var block = sight.Head - (uint)options.Confirmations;
            yield return Finish(transaction, new LaneOutcome(LaneOutcomeKind.Overtaken, transaction.Nonce, default, block, 0, 0));
        }
        else if (Replacement(transaction, seen, sight, isFirst) is { } offer)
        {
            yield return new LaneStep.Replace(transaction.Nonce, offer);
        }
        else if (!seen.IsKnown)
        {
            yield return new LaneStep.HandIn(transaction.Nonce);
        }
    }

    // Replaced is what stands still: the first in the lane, or one that offers less than every block asks for.
    private LaneOffer? Replacement(LaneTransaction transaction, TransactionSight seen, LaneSight sight, bool isFirst)
    {
        var last = transaction.Last;
        if (!transaction.HasWaited(sight.Head, options.PatienceBlocks)) return null;
        if (!isFirst && last.Fees.MaxWei >= sight.Gas.NextBaseFeePerGasWei) return null;
        return options.Gas.Raise(last.Fees, sight.Gas) is { } fees
            ? new LaneOffer(fees, sight.Head, last.Cancels || seen.WouldRevert)
            : null;
    }

    private static LaneOutcome Outcome(LaneTransaction transaction, TransactionReceipt receipt)
    {
        var kind = transaction.Find(receipt.TransactionHash) switch
        {
            null => LaneOutcomeKind.Overtaken,
            { Cancels: true } => LaneOutcomeKind.Cancelled,
            _ => receipt.Succeeded ? LaneOutcomeKind.Done : LaneOutcomeKind.Reverted,
        };
        return new LaneOutcome(
            kind, transaction.Nonce, receipt.TransactionHash, receipt.BlockNumber, receipt.GasUsed, receipt.GasPriceWei);
    }

    private static LaneStep.Record Finish(LaneTransaction transaction, LaneOutcome outcome) =>
        new(new LaneEvent.Finished(transaction.Order, outcome));
}

using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of a lane, and its snapshot. Equal states give equal bytes.</summary>
internal static class LaneFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of(
            "le-placed-1",
            (LaneEvent.Placed value) => new Wire.LanePlaced
            {
                Order = Fields.Write(value.Order),
                Nonce = value.Nonce,
                Request = Write(value.Request),
                GasLimit = value.GasLimit,
                Attempt = Write(value.Attempt),
            },
            wire => new LaneEvent.Placed(
                Fields.ReadBytes32(wire.Order), wire.Nonce, Read(wire.Request), wire.GasLimit, Read(wire.Attempt))),
        MessageFormat.Of(
            "le-replaced-1",
            (LaneEvent.Replaced value) => new Wire.LaneReplaced { Nonce = value.Nonce, Attempt = Write(value.Attempt) },
            wire => new LaneEvent.Replaced(wire.Nonce, Read(wire.Attempt))),
        MessageFormat.Of<LaneEvent.Finished, Wire.LaneFinished>(
            "le-finished-1",
            value => Write(value.Order, value.Outcome),
            wire => new LaneEvent.Finished(Fields.ReadBytes32(wire.Order), Read(wire.Outcome))),
        MessageFormat.Of<LaneState, Wire.LaneState>("ls1", Write, Read),
    ];

    private static Wire.LaneState Write(LaneState state)
    {
        var wire = new Wire.LaneState { NextNonce = state.NextNonce };
        wire.Open.AddRange(state.Open.Values.Select(Write));
        wire.Finished.AddRange(state.FinishedInOrder.Select(order => Write(order, state.Finished[order])));
        return wire;
    }

    private static LaneState Read(Wire.LaneState wire) => new()
    {
        NextNonce = wire.NextNonce,
        Open = wire.Open.Select(Read).ToImmutableSortedDictionary(transaction => transaction.Nonce, transaction => transaction),
        Finished = wire.Finished.ToImmutableDictionary(finished => Fields.ReadBytes32(finished.Order), finished => Read(finished.Outcome)),
        FinishedInOrder = [.. wire.Finished.Select(finished => Fields.ReadBytes32(finished.Order))],
    };

    private static Wire.LaneState.Types.Transaction Write(LaneTransaction transaction)
    {
        var wire = new Wire.LaneState.Types.Transaction
        {
            Order = Fields.Write(transaction.Order),
            Nonce = transaction.Nonce,
            Request = Write(transaction.Request),
            GasLimit = transaction.GasLimit,
        };
        wire.Attempts.AddRange(transaction.Attempts.Select(Write));
        return wire;
    }

    private static LaneTransaction Read(Wire.LaneState.Types.Transaction wire) => new(
        Fields.ReadBytes32(wire.Order), wire.Nonce, Read(wire.Request), wire.GasLimit, Fields.ReadAll(wire.Attempts, Read));

    private static Wire.LaneFinished Write(Bytes32 order, LaneOutcome outcome) => new()
    {
        Order = Fields.Write(order),
        Outcome = new Wire.LaneOutcome
        {
            Kind = (int)outcome.Kind,
            Nonce = outcome.Nonce,
            Hash = Fields.Write(outcome.Hash),
            Block = outcome.Block,
            GasUsed = outcome.GasUsed,
            GasPrice = WriteWei(outcome.GasPriceWei),
        },
    };

    private static LaneOutcome Read(Wire.LaneOutcome wire) => new(
        Fields.ReadLaneOutcomeKind(Fields.Require(wire).Kind),
        wire.Nonce,
        Fields.ReadBytes32(wire.Hash),
        wire.Block,
        wire.GasUsed,
        ReadWei(wire.GasPrice));

    internal static Wire.LaneRequest Write(TransactionRequest request) => new()
    {
        To = request.To is { } to ? Fields.Write(to) : ByteString.Empty,
        Data = ByteString.CopyFrom(request.Data.Span),
        Value = WriteWei(request.ValueWei),
    };

    internal static TransactionRequest Read(Wire.LaneRequest wire) => new(
        Fields.Require(wire).To.IsEmpty ? null : Fields.ReadAddress(wire.To), wire.Data.Memory, ReadWei(wire.Value));

    private static Wire.LaneAttempt Write(LaneAttempt attempt) => new()
    {
        Hash = Fields.Write(attempt.Hash),
        PriorityFee = WriteWei(attempt.Fees.PriorityWei),
        MaxFee = WriteWei(attempt.Fees.MaxWei),
        Head = attempt.Head,
        Cancels = attempt.Cancels,
        Signature = attempt.Signature is { } signature ? Fields.Write(signature) : ByteString.Empty,
    };

    private static LaneAttempt Read(Wire.LaneAttempt wire) => new(
        Fields.ReadBytes32(Fields.Require(wire).Hash),
        new GasFees(ReadWei(wire.PriorityFee), ReadWei(wire.MaxFee)),
        wire.Head,
        wire.Cancels)
    {
        Signature = wire.Signature.IsEmpty ? null : Fields.ReadSignature(wire.Signature),
    };

    private static ByteString WriteWei(UInt128 wei) => Fields.Write(new Amount(wei));

    private static UInt128 ReadWei(ByteString bytes) => Fields.ReadAmount(bytes).Units;
}

using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of a transaction maker, and its snapshot. Equal states give equal bytes.</summary>
internal static class MakerFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of(
            "me-accepted-1",
            (JobEvent.Accepted value) => new Wire.JobAccepted { Job = Write(value.Job) },
            wire => new JobEvent.Accepted(Read(wire.Job))),
        MessageFormat.Of(
            "me-finished-1",
            (JobEvent.Finished value) => new Wire.JobFinished { Id = Fields.Write(value.Id), Outcome = Write(value.Outcome) },
            wire => new JobEvent.Finished(Fields.ReadBytes32(wire.Id), Read(wire.Outcome))),
        MessageFormat.Of<JobBook, Wire.JobBook>("ms1", Write, Read),
    ];

    private static Wire.JobBook Write(JobBook book)
    {
        var wire = new Wire.JobBook();
        wire.Open.AddRange(book.Open.Select(Write));
        wire.Finished.AddRange(book.FinishedInOrder.Select(id => Write(book.Finished[id])));
        return wire;
    }

    private static JobBook Read(Wire.JobBook wire) => new()
    {
        Open = Fields.ReadAll(wire.Open, Read),
        Finished = wire.Finished.Select(Read).ToImmutableDictionary(job => job.Id),
        FinishedInOrder = [.. wire.Finished.Select(job => Fields.ReadBytes32(job.Id))],
    };

    private static Wire.MakerJob Write(MakerJob job) => new()
    {
        Id = Fields.Write(job.Id),
        Kind = (int)job.Kind,
        Identity = Fields.Write(job.Identity),
        Accountant = Fields.Write(job.Accountant),
        Least = Fields.Write(job.Pay.Least),
        TotalFee = Fields.Write(job.Pay.TotalFee),
        MinSettled = Fields.Write(job.Pay.MinSettled),
        Promised = Fields.Write(job.Pay.Promised),
        Request = LaneFormats.Write(job.Request),
        AcceptedAt = job.AcceptedAt,
    };

    private static MakerJob Read(Wire.MakerJob wire) => new(
        Fields.ReadBytes32(Fields.Require(wire).Id),
        Fields.ReadJobKind(wire.Kind),
        Fields.ReadAddress(wire.Identity),
        Fields.ReadAddress(wire.Accountant),
        new JobPay(
            Fields.ReadAmount(wire.Least),
            Fields.ReadAmount(wire.TotalFee),
            Fields.ReadAmount(wire.MinSettled),
            Fields.ReadAmount(wire.Promised)),
        ReadCall(wire.Request),
        wire.AcceptedAt);

    // Of a contract that is there: a transaction maker deploys nothing.
    private static TransactionRequest ReadCall(Wire.LaneRequest wire)
    {
        Fields.ReadAddress(Fields.Require(wire).To);
        return LaneFormats.Read(wire);
    }

    private static Wire.JobBook.Types.Finished Write(FinishedJob job) => new()
    {
        Id = Fields.Write(job.Id),
        Kind = (int)job.Kind,
        Identity = Fields.Write(job.Identity),
        Accountant = Fields.Write(job.Accountant),
        Digest = Fields.Write(job.Digest),
        Outcome = Write(job.Outcome),
    };

    private static FinishedJob Read(Wire.JobBook.Types.Finished wire) => new(
        Fields.ReadBytes32(wire.Id),
        Fields.ReadJobKind(wire.Kind),
        Fields.ReadAddress(wire.Identity),
        Fields.ReadAddress(wire.Accountant),
        Fields.ReadBytes32(wire.Digest),
        Read(wire.Outcome));

    private static Wire.JobOutcome Write(JobOutcome outcome) => new()
    {
        Reason = (int)outcome.Reason,
        Hash = Fields.Write(outcome.Hash),
        Block = outcome.Block,
        GasUsed = outcome.GasUsed,
        GasPrice = Fields.Write(new Amount(outcome.GasPriceWei)),
        At = outcome.At,
    };

    private static JobOutcome Read(Wire.JobOutcome wire) => new(
        Fields.ReadJobReason(Fields.Require(wire).Reason),
        Fields.ReadBytes32(wire.Hash),
        wire.Block,
        wire.GasUsed,
        Fields.ReadAmount(wire.GasPrice).Units,
        wire.At);
}

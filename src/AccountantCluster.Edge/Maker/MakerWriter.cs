using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using Google.Protobuf;

namespace AccountantCluster.Edge;

/// <summary>From what a transaction maker says to what goes over the wire; its closed sets have the same numbers on both sides.</summary>
internal static class MakerWriter
{
    /// <summary>A quote, with the code by which it is known again.</summary>
    public static Wire.Quote ToWire(this SealedQuote quote) => new()
    {
        Shape = new Wire.JobShape
        {
            Kind = (Wire.JobKind)quote.Quote.Shape.Kind,
            HasLoan = quote.Quote.Shape.HasLoan,
            Rows = (uint)quote.Quote.Shape.Rows,
        },
        Fee = quote.Quote.Fee.ToWire(),
        ValidUntil = quote.Quote.ValidUntil,
        Code = ByteString.CopyFrom(quote.Code.Span),
    };

    /// <summary>Where a job stands.</summary>
    public static Wire.Job ToWire(this JobStanding standing) => new()
    {
        Kind = (Wire.JobKind)standing.Kind,
        State = (Wire.JobState)standing.State,
        Reason = standing.Reason.ToWire(),
        TransactionHash = standing.Hash.IsZero ? ByteString.Empty : standing.Hash.ToWire(),
        Replacements = (uint)standing.Replacements,
        Block = standing.Block,
    };

    /// <summary>Why a job is not taken, or has failed.</summary>
    public static Wire.JobReason ToWire(this JobReason reason) => (Wire.JobReason)reason;

    /// <summary>The answer to a job.</summary>
    public static Wire.SubmitJobResponse ToWire(this JobAnswer answer) => new()
    {
        Job = answer.Standing?.ToWire(),
        Reason = answer.Reason.ToWire(),
        Detail = answer.Detail,
        Quote = answer.Quote?.ToWire(),
    };
}

namespace AccountantCluster.Client.OnChain;

/// <summary>An exit cannot be finalised: not requested, too early, too late, or nothing is left. Nothing was sent.</summary>
public sealed class ExitNotDueException : Exception
{
    /// <summary>A refusal for what the chain says.</summary>
    public ExitNotDueException(ExitStanding standing)
        : base(Describe(standing)) => Standing = standing;

    /// <summary>What the chain says.</summary>
    public ExitStanding Standing { get; }

    private static string Describe(ExitStanding standing)
    {
        var request = standing.Channel.ExitRequest;
        return standing.Stage switch
        {
            ExitStage.Notice => $"The exit can be finalised from {Time(request!.FinalizableAt)} on; the chain's clock says "
                + $"{Time(standing.Block.Timestamp)}.",
            ExitStage.Lapsed => $"The exit lapsed: it could be finalised until {Time(request!.LapsesAt)}, and the chain's clock says "
                + $"{Time(standing.Block.Timestamp)}. It takes a new request.",
            ExitStage.None => "No exit is requested.",
            _ => "Nothing is left in the channel.",
        };
    }

    private static string Time(ulong seconds) => ChainTime.ToText(seconds);
}

using AccountantCluster.Chain;

namespace AccountantCluster.Client.OnChain;

/// <summary>What one block says of a consumer's exit. Its clock is what counts, whatever time it is elsewhere.</summary>
/// <param name="Channel">The consumer channel.</param>
/// <param name="Block">The block.</param>
public sealed record ExitStanding(ConsumerChannelOnChain Channel, Block Block)
{
    /// <summary>How far it is.</summary>
    public ExitStage Stage => Channel.ExitRequest switch
    {
        null => ExitStage.None,
        { } request when Block.Timestamp < request.FinalizableAt => ExitStage.Notice,
        { } request when Block.Timestamp > request.LapsesAt => ExitStage.Lapsed,
        _ => ExitStage.Due,
    };
}

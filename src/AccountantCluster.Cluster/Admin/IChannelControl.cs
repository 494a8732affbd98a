using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What an admin may do to single channels.</summary>
public interface IChannelControl
{
    /// <summary>
    /// Freezes a consumer channel: new promises are refused with <see cref="RejectionReason.ChannelFrozen"/>, and no exit is consented to;
    /// repetitions and reveals go on. Or releases it. True: durable. False: nobody can say within the deadline; say it again.
    /// </summary>
    Task<bool> FreezeConsumerChannelAsync(Address channel, bool frozen, TimeSpan deadline, CancellationToken cancellation);
}

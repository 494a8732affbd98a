using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// What one confirmed block says about a consumer channel. Facts are cumulative: the newest block stands, older ones are ignored.
/// </summary>
/// <param name="Block">Number of the block that was read.</param>
/// <param name="Registered">Whether the channel's contract exists.</param>
/// <param name="Deposited">Token balance plus settled, less consents outstanding (protocol §4), in token base units.</param>
/// <param name="Settled">Total settled into the accountant, in token base units.</param>
/// <param name="Exiting">Whether an exit request is open.</param>
public readonly record struct ConsumerChannelFacts(ulong Block, bool Registered, Amount Deposited, Amount Settled, bool Exiting)
{
    /// <summary>Whether two blocks say the same of the channel.</summary>
    public bool SaysSameAs(ConsumerChannelFacts other) => this with { Block = other.Block } == other;
}

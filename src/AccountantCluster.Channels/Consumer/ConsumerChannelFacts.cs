using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// What one confirmed block says about a consumer channel. Facts are cumulative: the newest block stands, older ones are ignored.
/// </summary>
/// <param name="Block">Number of the block that was read.</param>
/// <param name="Registered">Whether the channel's contract exists.</param>
/// <param name="Deposited">
/// Token balance plus settled, in token base units. Before registration, what lies at the predicted address.
/// </param>
/// <param name="Settled">Total settled into the accountant, in token base units.</param>
/// <param name="Exiting">Whether an exit request is open: neither paid, nor lapsed at the block's time.</param>
public readonly record struct ConsumerChannelFacts(ulong Block, bool Registered, Amount Deposited, Amount Settled, bool Exiting)
{
    /// <summary>The channel's one counter. Read at the same block as the balance: it tells whether a consented exit was paid.</summary>
    public ulong Nonce { get; init; }

    /// <summary>The block's time, Unix seconds. Zero where nobody read it: then no deadline passes.</summary>
    public ulong Time { get; init; }

    /// <summary>
    /// The most that the accountant risks on the channel while it is not registered (<see cref="OpeningPolicy"/>), in token base units.
    /// Whoever reads the blocks says it with them; zero where a fast opening was not granted, or is over.
    /// </summary>
    public Amount Granted { get; init; }

    /// <summary>Whether two blocks say the same of the channel; every block has its own number and time.</summary>
    public bool SaysSameAs(ConsumerChannelFacts other) => this with { Block = other.Block, Time = other.Time } == other;
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Admin;

/// <summary>Where a node takes an admin's word, and what consumer channels' addresses follow from.</summary>
public sealed record AdminOptions
{
    /// <summary>Path of the Unix domain socket; whoever may write to it is the admin.</summary>
    public required string Socket { get; init; }

    /// <summary>The accountant's contract.</summary>
    public required Address Accountant { get; init; }

    /// <summary>The registry's contract, which deploys the consumer channels.</summary>
    public required Address Registry { get; init; }

    /// <summary>The registry's token.</summary>
    public required Address Token { get; init; }

    /// <summary>What consumer channels are proxies of.</summary>
    public required Address ConsumerChannelImplementation { get; init; }

    /// <summary>How long a channel may take to answer, its recovery from the journal included.</summary>
    public TimeSpan ChannelDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The address of a consumer's channel with this accountant, deployed or not.</summary>
    internal Address ChannelOf(Address consumer) =>
        ConsumerChannelAddress.Predict(Registry, ConsumerChannelImplementation, consumer, Accountant, Token);
}

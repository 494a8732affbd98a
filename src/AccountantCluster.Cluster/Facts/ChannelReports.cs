using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// What the channels of one place have reported: of a node, until it tells whoever settles; of those who settle, until they act.
/// </summary>
/// <param name="minimumCollectable">A consumer channel with less to collect is not worth a row, in token base units.</param>
/// <param name="minimumPayable">A provider channel with less to pay is not worth one, in token base units; null where nobody is
/// paid.</param>
internal sealed class ChannelReports(Amount minimumCollectable, Amount? minimumPayable)
{
    /// <summary>Consumer channels with something to collect.</summary>
    public ReportedChannels Consumers { get; } = new(minimumCollectable);

    /// <summary>Consumer channels that hold a registration.</summary>
    public ReportedOpenings Openings { get; } = new();

    /// <summary>Provider channels to which something can be paid.</summary>
    public ReportedChannels Providers { get; } = new(minimumPayable ?? Amount.MaxValue);
}

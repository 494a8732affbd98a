using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Channels taken out of those that have reported, for one round. What the round leaves over, be it that a channel did not answer, that gas
/// is too dear or that the round failed, goes back when it ends: nobody would report it again. Not safe for concurrent use.
/// </summary>
internal sealed class Candidates : IDisposable
{
    private readonly ReportedChannels _reported;
    private readonly Dictionary<Address, Amount> _left;

    /// <summary>Takes out as many as there are.</summary>
    public Candidates(ReportedChannels reported)
    {
        _reported = reported;
        _left = reported.Take(ClusterLimits.ReportedChannels).ToDictionary(report => report.Channel, report => report.Unsettled);
        Channels = [.. _left.Keys];
    }

    /// <summary>Who has reported.</summary>
    public IReadOnlyList<Address> Channels { get; }

    /// <summary>
    /// What the chain says that a channel has to settle, in token base units: it stays a candidate while that is something.
    /// </summary>
    public void Know(Address channel, Amount unsettled) => _left[channel] = unsettled;

    /// <summary>Everything is settled for these.</summary>
    public void Settled(IEnumerable<Address> channels)
    {
        foreach (var channel in channels) _left.Remove(channel);
    }

    /// <summary>Gives back what is left. A channel that has reported meanwhile is a candidate either way.</summary>
    public void Dispose()
    {
        foreach (var (channel, unsettled) in _left.Where(one => !one.Value.IsZero)) _reported.Add(new Report(channel, unsettled));
    }
}

using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Network;

namespace AccountantCluster.Reliability.Runs;

/// <summary>Times, from a history alone.</summary>
internal static class Measures
{
    /// <summary>Promises with an accepting answer, each agreement total of a consumer counted once.</summary>
    public static int Acknowledged(History history) => history.Calls
        .SelectMany(call => call.Answered)
        .Where(item => item.Answer.IsAccepting)
        .Select(item => (item.Promise.Key, item.Promise.Total))
        .Distinct()
        .Count();

    /// <summary>
    /// The longest that a hand-in waited from its first attempt to its first definite answer: so long at most one of its channels was away.
    /// </summary>
    public static TimeSpan LongestUnavailable(History history) => history.Calls
        .Where(call => call.Promises.Count > 0)
        .GroupBy(call => call.HandIn)
        .Select(attempts => (
            Begin: attempts.Min(call => call.SentAt),
            End: attempts.Where(call => call.Answer?.IsDefinite == true).Select(call => (TimeSpan?)call.Answer!.At).Min()))
        .Where(handIn => handIn.End is not null)
        .Select(handIn => handIn.End!.Value - handIn.Begin)
        .DefaultIfEmpty()
        .Max();

    /// <summary>
    /// The longest from a start of a node's process to the first definite answer of that node to something sent after the start. A process
    /// that ended before its first answer does not count: the one that came after it does.
    /// </summary>
    public static TimeSpan LongestRecovery(History history, IEnumerable<NodeStart> starts)
    {
        var longest = TimeSpan.Zero;
        foreach (var node in starts.GroupBy(start => start.Node))
        {
            var ordered = node.OrderBy(start => start.At).ToArray();
            for (var index = 0; index < ordered.Length; index++)
            {
                var end = index + 1 < ordered.Length ? ordered[index + 1].At : TimeSpan.MaxValue;
                var first = history.Calls
                    .Where(call => call.Node == node.Key && call.SentAt >= ordered[index].At && call.Answer?.IsDefinite == true)
                    .Select(call => (TimeSpan?)call.Answer!.At).Min();
                if (first < end && first - ordered[index].At > longest) longest = first.Value - ordered[index].At;
            }
        }
        return longest;
    }
}

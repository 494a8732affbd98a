using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Network;
using AccountantCluster.Reliability.Runs;
using AccountantCluster.Reliability.Tests.Checks;

namespace AccountantCluster.Reliability.Tests.Runs;

public sealed class MeasuresTests
{
    [Fact]
    public void A_hand_in_waits_from_its_first_attempt_to_its_first_definite_answer()
    {
        var unknown = new PromiseAnswer(RejectionReason.OutcomeUnknown, default);
        var promise = Doctored.Promise(100, 100, Doctored.First);
        var first = Doctored.Call(1, 4, promise, unknown, signed: null);
        var second = Doctored.Call(5, 9, promise, new PromiseAnswer(RejectionReason.None, Doctored.Units(100)), signed: null);
        var history = new History([first, second with { HandIn = first.HandIn }], [], new Dictionary<Address, Amount>(), new HashSet<Address>());
        Assert.Equal(TimeSpan.FromSeconds(8), Measures.LongestUnavailable(history));
    }

    [Fact]
    public void A_node_has_recovered_with_its_first_definite_answer_after_its_start()
    {
        var history = new History(Doctored.Right.Calls, [], new Dictionary<Address, Amount>(), new HashSet<Address>());
        var start = new NodeStart(0, TimeSpan.FromSeconds(2.5), "exit code 137");
        Assert.Equal(TimeSpan.FromSeconds(1.5), Measures.LongestRecovery(history, [start]));
        // The answer belongs to the later process.
        var later = start with { At = TimeSpan.FromSeconds(2.75) };
        Assert.Equal(TimeSpan.FromSeconds(1.25), Measures.LongestRecovery(history, [start, later]));
    }

    [Fact]
    public void A_promise_that_is_acknowledged_twice_counts_once() => Assert.Equal(
        2,
        Measures.Acknowledged(new History(Doctored.Right.Calls, [], new Dictionary<Address, Amount>(), new HashSet<Address>())));
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

public sealed class CandidatesTests
{
    private static readonly Address Paid = new TestConsumer().Channel;
    private static readonly Address Silent = new TestConsumer().Channel;
    private static readonly Address Empty = new TestConsumer().Channel;

    private readonly ReportedChannels _reported = new(minimum: new Amount(10));

    [Fact]
    public void What_a_round_leaves_over_is_there_for_the_next()
    {
        foreach (var channel in new[] { Paid, Silent, Empty }) _reported.Add(new Report(channel, new Amount(100)));
        using (var candidates = new Candidates(_reported))
        {
            Assert.Equal(3, candidates.Channels.Count);
            Assert.Empty(_reported.Take(10));
            candidates.Know(Paid, new Amount(90));
            candidates.Know(Empty, Amount.Zero);
            candidates.Settled([Paid]);
        }
        Assert.Equal([new Report(Silent, new Amount(100))], _reported.Take(10));
    }

    [Fact]
    public void What_is_reported_while_a_round_settles_it_is_there_for_the_next()
    {
        _reported.Add(new Report(Paid, new Amount(100)));
        using (var candidates = new Candidates(_reported))
        {
            _reported.Add(new Report(Paid, new Amount(120)));
            candidates.Settled([Paid]);
        }
        Assert.Equal([new Report(Paid, new Amount(120))], _reported.Take(10));
    }

    [Fact]
    public void A_round_that_fails_forgets_nobody()
    {
        _reported.Add(new Report(Paid, new Amount(100)));
        Assert.Throws<InvalidOperationException>(Fail);
        Assert.Equal([Paid], _reported.Take(10).Select(report => report.Channel));
    }

    private void Fail()
    {
        using var candidates = new Candidates(_reported);
        throw new InvalidOperationException("Gas is too dear.");
    }
}

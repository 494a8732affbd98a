using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>Which Rs a provider publishes when it leaves.</summary>
public sealed class OpenedEvidenceTests
{
    [Fact]
    public void The_providers_key_opens_a_window_under_which_nothing_is_unanswered()
    {
        var opened = OpenedEvidence.Of(EvidenceSamples.Evidence(), TestWorld.Provider, opensUnanswered: false);
        Assert.Equal([130UL, 90UL], opened.Totals.Select(total => (ulong)total.Amount.Units));
        Assert.Equal([40UL, 100UL], opened.Rows.Select(row => (ulong)row.Promise.Amount.Units).Order());
        Assert.All(opened.Rows, row => Assert.True(row.R.Opens(row.Promise.Hashlock)));
        Assert.Empty(opened.Closed);
    }

    [Fact]
    public void Without_the_key_only_what_is_public_is_used_and_the_rest_is_named()
    {
        var opened = OpenedEvidence.Public(EvidenceSamples.Evidence());
        Assert.Equal(new Amount(90), Assert.Single(opened.Totals).Amount);
        Assert.Equal([60UL, 40UL], opened.Rows.Select(row => (ulong)row.Promise.Amount.Units));
        Assert.Equal(EvidenceSamples.Open, Assert.Single(opened.Closed).Position.Window);
    }

    [Fact]
    public void A_window_under_which_the_accountant_could_take_something_is_opened_only_on_demand()
    {
        var evidence = EvidenceSamples.Evidence(atStake: 1);
        var closed = OpenedEvidence.Of(evidence, TestWorld.Provider, opensUnanswered: false);
        Assert.Equal(new Amount(90), Assert.Single(closed.Totals).Amount);
        Assert.Equal(new Amount(1), Assert.Single(closed.Closed).AtStake);
        Assert.Equal(new Amount(130), OpenedEvidence.Of(evidence, TestWorld.Provider, opensUnanswered: true).Totals[0].Amount);
    }

    [Fact]
    public void What_lies_below_a_window_on_its_chain_is_opened_with_it_and_keeps_it_closed()
    {
        var evidence = EvidenceSamples.Evidence() with
        {
            Windows = [EvidenceSamples.Window(3, held: null, atStake: 5), EvidenceSamples.Window(4, held: 130, atStake: 0)],
        };
        var closed = OpenedEvidence.Of(evidence, TestWorld.Provider, opensUnanswered: false);
        Assert.Equal(new Amount(90), Assert.Single(closed.Totals).Amount);
        Assert.Equal(4U, Assert.Single(closed.Closed).Position.Window);
    }

    [Fact]
    public void A_window_that_brings_nothing_stays_closed()
    {
        var evidence = EvidenceSamples.Evidence() with
        {
            Windows = [EvidenceSamples.Window(3, held: 80, atStake: 0, EvidenceSamples.Promise(TestWorld.Alice, 100, 3))],
        };
        var opened = OpenedEvidence.Of(evidence, TestWorld.Provider, opensUnanswered: true);
        Assert.Equal(2, opened.Rows.Count);
        Assert.DoesNotContain(opened.Rows, row => row.Promise.Amount == new Amount(100));
        Assert.Empty(opened.Closed);
    }

    [Fact]
    public void A_window_of_somebody_elses_invention_opens_nothing()
    {
        var window = EvidenceSamples.Window(3, held: 130, atStake: 0);
        var elsewhere = window with { Position = new ChainPosition(EvidenceSamples.Instance, 9) };
        var evidence = EvidenceSamples.Evidence() with { Windows = [elsewhere] };
        var opened = OpenedEvidence.Of(evidence, TestWorld.Provider, opensUnanswered: true);
        Assert.Equal(new Amount(90), Assert.Single(opened.Totals).Amount);
    }
}

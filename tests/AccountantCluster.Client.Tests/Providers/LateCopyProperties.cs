using CsCheck;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>Wherever a copy of a batch is held up, and whenever it arrives: no R too early, and no credit left behind.</summary>
public sealed class LateCopyProperties
{
    [Fact]
    public void No_credit_is_stranded_and_no_R_of_an_unanswered_promise_is_disclosed()
    {
        var late = 0;
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 10_000]).Array[5, 50].Sample(steps =>
        {
            using var simulation = new LateCopySimulation();
            foreach (var (kind, choice) in steps) simulation.StepAsync(kind, choice).GetAwaiter().GetResult();
            simulation.FinishAsync().GetAwaiter().GetResult();
            Interlocked.Add(ref late, simulation.AcceptedLate);
        }, iter: TestEffort.Of(40), threads: 2);
        // The property would hold where no copy is ever late.
        Assert.True(late > 30, $"only {late} copies were accepted late");
    }
}

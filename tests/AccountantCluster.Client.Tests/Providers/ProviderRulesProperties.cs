using CsCheck;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>Whatever an accountant answers, in whatever order, and wherever the process ends: protocol §5 holds.</summary>
public sealed class ProviderRulesProperties
{
    [Fact]
    public void No_R_becomes_public_before_a_justified_promise_is_on_the_disk()
    {
        var closed = 0;
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 10_000]).Array[5, 60].Sample(steps =>
        {
            using var provider = new ProviderUnderTest();
            foreach (var (kind, choice) in steps) provider.Step(kind, choice);
            Interlocked.Add(ref closed, provider.Closed);
        }, iter: TestEffort.Of(40), threads: 2);
        // The property would hold of a provider that never reveals.
        Assert.True(closed > 30, $"only {closed} windows were closed");
    }
}

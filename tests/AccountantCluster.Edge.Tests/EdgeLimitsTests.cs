namespace AccountantCluster.Edge.Tests;

public class EdgeLimitsTests
{
    [Fact]
    public void The_defaults_fit_together()
    {
        var limits = new EdgeLimits();

        limits.Validate();

        // One identity with all its streams full leaves the verification queue to the others.
        Assert.True(limits.StreamsPerIdentity * limits.RequestsInFlightPerStream * limits.PromisesPerBatch <= limits.VerificationQueue / 4);
    }

    [Fact]
    public void A_limit_that_makes_no_sense_is_named()
    {
        Assert.Equal("Streams", Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeLimits { Streams = 0 }.Validate()).ParamName);
        Assert.Equal(
            "VerificationQueue",
            Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeLimits { VerificationQueue = 255 }.Validate()).ParamName);
        Assert.Equal(
            "StreamIdle",
            Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeLimits { StreamIdle = TimeSpan.Zero }.Validate()).ParamName);
    }
}

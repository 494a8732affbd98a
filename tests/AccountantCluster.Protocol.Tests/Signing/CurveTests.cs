namespace AccountantCluster.Protocol.Tests.Signing;

public sealed class CurveTests
{
    [Fact]
    public void The_default_is_native_where_the_library_is() =>
        Assert.Equal(NativeCurve.TryCreate(out _) ? "native" : "managed", Curve.Default.Name);

    [NativeCurveFact]
    public void There_is_one_native_curve()
    {
        Assert.True(NativeCurve.TryCreate(out var first));
        Assert.True(NativeCurve.TryCreate(out var second));
        Assert.Same(first, second);
    }
}

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>A test that needs libsecp256k1; skipped, with the reason, on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeCurveFactAttribute : FactAttribute
{
    public NativeCurveFactAttribute() => Skip = Curves.WhyNotNative;
}

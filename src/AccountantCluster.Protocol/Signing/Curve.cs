namespace AccountantCluster.Protocol;

/// <summary>Chooses the implementation of the curve.</summary>
public static class Curve
{
    /// <summary>The fastest implementation that this machine has: native where libsecp256k1 is installed, managed elsewhere.</summary>
    public static ICurve Default { get; } = NativeCurve.TryCreate(out var native) ? native : new ManagedCurve();
}

namespace AccountantCluster.Protocol;

/// <summary>Chooses the implementation of the curve.</summary>
public static class Curve
{
    /// <summary>The fastest implementation that this machine has.</summary>
    public static ICurve Default { get; } = new ManagedCurve();
}

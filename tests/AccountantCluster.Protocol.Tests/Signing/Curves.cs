using System.Reflection;
using Xunit.Sdk;

namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>The implementations of the curve, by their names: one row of a theory each.</summary>
internal static class Curves
{
    public static readonly string? WhyNotNative = NativeCurve.TryCreate(out _)
        ? null
        : "libsecp256k1 with its recovery module is not on this machine (Debian: apt-get install libsecp256k1-1).";

    private static readonly ManagedCurve Managed = new();

    public static ICurve Named(string name)
    {
        if (name == Managed.Name) return Managed;
        return NativeCurve.TryCreate(out var native) && name == native.Name ? native : throw new ArgumentException(WhyNotNative, nameof(name));
    }
}

/// <summary>Runs a theory with the managed curve.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnManagedCurveAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["managed"]];
}

/// <summary>Runs a theory with the native curve; skipped, with the reason, on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnNativeCurveAttribute : DataAttribute
{
    public OnNativeCurveAttribute() => Skip = Curves.WhyNotNative;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["native"]];
}

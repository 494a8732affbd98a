namespace AccountantCluster.Protocol;

/// <summary>keccak256(abi.encode(R)): what a promise is locked under until its <see cref="Preimage"/> R is revealed (paper §4.2).</summary>
public readonly record struct Hashlock(Bytes32 Value) : IComparable<Hashlock>
{
    /// <summary>True for the all-zero word.</summary>
    public bool IsZero => Value.IsZero;

    /// <inheritdoc/>
    public int CompareTo(Hashlock other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Smaller.</summary>
    public static bool operator <(Hashlock left, Hashlock right) => left.Value < right.Value;

    /// <summary>Smaller or equal.</summary>
    public static bool operator <=(Hashlock left, Hashlock right) => left.Value <= right.Value;

    /// <summary>Greater.</summary>
    public static bool operator >(Hashlock left, Hashlock right) => left.Value > right.Value;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(Hashlock left, Hashlock right) => left.Value >= right.Value;
}

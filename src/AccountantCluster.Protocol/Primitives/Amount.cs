using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AccountantCluster.Protocol;

/// <summary>
/// Money in token base units, 0 to 2^128−1. All arithmetic is checked: an overflow throws <see cref="OverflowException"/>, it never wraps.
/// A promise carries an amount above zero (protocol §2); zero exists for sums.
/// </summary>
public readonly struct Amount : IEquatable<Amount>, IComparable<Amount>
{
    private readonly UInt128 _units;

    /// <summary>An amount of that many token base units.</summary>
    public Amount(UInt128 units) => _units = units;

    /// <summary>Nothing.</summary>
    public static Amount Zero => default;

    /// <summary>2^128−1 base units, the largest amount that can be promised.</summary>
    public static Amount MaxValue => new(UInt128.MaxValue);

    /// <summary>The number of token base units.</summary>
    public UInt128 Units => _units;

    /// <summary>True for nothing.</summary>
    public bool IsZero => _units == UInt128.Zero;

    /// <summary>Reads a decimal number of base units.</summary>
    public static bool TryParse(string? text, out Amount value)
    {
        var valid = UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units);
        value = new Amount(units);
        return valid;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is something else, or above 2^128−1.</exception>
    public static Amount Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException("Expected a whole number of token base units below 2^128.");

    /// <summary>The smaller of two amounts.</summary>
    public static Amount Min(Amount left, Amount right) => left._units <= right._units ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static Amount Max(Amount left, Amount right) => left._units >= right._units ? left : right;

    /// <summary>The sum; false when it would exceed 2^128−1.</summary>
    public bool TryAdd(Amount other, out Amount sum)
    {
        sum = new Amount(unchecked(_units + other._units));
        return sum._units >= _units;
    }

    /// <summary>The sum, or 2^128−1 where it would exceed that: for comparisons, which a forged amount must not stop.</summary>
    public Amount SaturatingAdd(Amount other) => TryAdd(other, out var sum) ? sum : MaxValue;

    /// <summary>The difference, or zero where <paramref name="other"/> is larger.</summary>
    public Amount SaturatingSubtract(Amount other) => _units > other._units ? new(_units - other._units) : Zero;

    /// <summary>The amount as a 256-bit big-endian word.</summary>
    public Bytes32 ToBytes32() => Bytes32.FromUInt128(_units);

    /// <inheritdoc/>
    public bool Equals(Amount other) => _units == other._units;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Amount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _units.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Amount other) => _units.CompareTo(other._units);

    /// <summary>The decimal number of base units.</summary>
    public override string ToString() => _units.ToString(CultureInfo.InvariantCulture);

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">The sum exceeds 2^128−1.</exception>
    public static Amount operator +(Amount left, Amount right) => new(checked(left._units + right._units));

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException">The right side is larger.</exception>
    public static Amount operator -(Amount left, Amount right) => new(checked(left._units - right._units));

    /// <summary>Equal.</summary>
    public static bool operator ==(Amount left, Amount right) => left._units == right._units;

    /// <summary>Different.</summary>
    public static bool operator !=(Amount left, Amount right) => left._units != right._units;

    /// <summary>Smaller.</summary>
    public static bool operator <(Amount left, Amount right) => left._units < right._units;

    /// <summary>Smaller or equal.</summary>
    public static bool operator <=(Amount left, Amount right) => left._units <= right._units;

    /// <summary>Greater.</summary>
    public static bool operator >(Amount left, Amount right) => left._units > right._units;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(Amount left, Amount right) => left._units >= right._units;
}

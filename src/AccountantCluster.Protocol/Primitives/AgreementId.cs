namespace AccountantCluster.Protocol;

/// <summary>
/// Names one service session between a consumer channel and a provider: a 256-bit number chosen by the provider (protocol §1).
/// Ids increase; only the highest are kept (protocol §4 rule 7).
/// </summary>
public readonly record struct AgreementId(Bytes32 Value) : IComparable<AgreementId>
{
    /// <summary>The id with that number.</summary>
    public static AgreementId From(ulong number) => new(Bytes32.FromUInt128(number));

    /// <inheritdoc/>
    public int CompareTo(AgreementId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Smaller.</summary>
    public static bool operator <(AgreementId left, AgreementId right) => left.Value < right.Value;

    /// <summary>Smaller or equal.</summary>
    public static bool operator <=(AgreementId left, AgreementId right) => left.Value <= right.Value;

    /// <summary>Greater.</summary>
    public static bool operator >(AgreementId left, AgreementId right) => left.Value > right.Value;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(AgreementId left, AgreementId right) => left.Value >= right.Value;
}

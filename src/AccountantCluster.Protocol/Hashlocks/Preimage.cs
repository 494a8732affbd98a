namespace AccountantCluster.Protocol;

/// <summary>R: the 32 bytes that open a <see cref="Hashlock"/>. The provider's secret until it is revealed (paper §4.4).</summary>
public readonly record struct Preimage(Bytes32 Value)
{
    /// <summary>The hashlock that this R opens.</summary>
    public Hashlock ToHashlock() => new(Keccak256.Hash(Value));

    /// <summary>True when this R opens <paramref name="hashlock"/>.</summary>
    public bool Opens(Hashlock hashlock) => ToHashlock() == hashlock;

    /// <summary>Says nothing: R is a secret until revealed, so it does not belong in logs.</summary>
    public override string ToString() => "R";
}

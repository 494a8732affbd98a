namespace AccountantCluster.Protocol;

/// <summary>Shares of amounts, in hundredths of a per cent: fees (protocol §4), and limits that are a share of something.</summary>
public static class Share
{
    /// <summary>One hundred per cent.</summary>
    public const ushort Whole = 10_000;

    /// <summary>⌊<paramref name="amount"/> × <paramref name="basisPoints"/> / 10,000⌋, in token base units.</summary>
    /// <param name="amount">In token base units.</param>
    /// <param name="basisPoints">Hundredths of a per cent; more than the whole is a multiple, and what exceeds 2^128−1 counts as that.</param>
    public static Amount Of(Amount amount, uint basisPoints)
    {
        // Without a wider type: amount = 10,000 q + r, so it is q × bps + ⌊r × bps / 10,000⌋.
        var (quotient, remainder) = UInt128.DivRem(amount.Units, Whole);
        var part = new Amount(remainder * basisPoints / Whole);
        return basisPoints != 0 && quotient > UInt128.MaxValue / basisPoints
            ? Amount.MaxValue
            : new Amount(quotient * basisPoints).SaturatingAdd(part);
    }
}

using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a transaction maker asks for its gas. Pure.</summary>
public sealed record JobTariff
{
    /// <summary>On top of what gas costs now, in per cent: it may cost more when the transaction is mined, and some work is lost.</summary>
    public int MarginPercent { get; init; } = 50;

    /// <summary>The least that is asked, in token base units; above zero, so that a fee is always signed.</summary>
    public Amount Minimum { get; init; } = new(1);

    /// <summary>How long a quote holds.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The fee for so much gas, in token base units, rounded up; null where no amount is that large.</summary>
    /// <param name="gas">Gas.</param>
    /// <param name="now">What gas costs now.</param>
    /// <param name="weiPerToken">What 10^18 base units are worth, in wei; above zero.</param>
    public Amount? Fee(ulong gas, FeeSuggestion now, UInt128 weiPerToken)
    {
        var wei = gas * ((BigInteger)now.NextBaseFeePerGasWei + now.PriorityFeePerGasWei) * (100 + MarginPercent);
        // A part of a wei counts as one.
        return EtherInTokens.Of((wei + 99) / 100, weiPerToken) is { } units ? Amount.Max(Minimum, units) : null;
    }
}

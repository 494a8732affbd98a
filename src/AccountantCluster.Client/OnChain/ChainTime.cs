using System.Globalization;

namespace AccountantCluster.Client.OnChain;

/// <summary>The chain's time, seconds since 1970, for people.</summary>
public static class ChainTime
{
    // The last second of the year 9999: what a contract may say beyond it is "never" to everybody.
    private const ulong Last = 253_402_300_799;

    /// <summary>Date and time of day, in UTC.</summary>
    public static string ToText(ulong seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, Last)).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

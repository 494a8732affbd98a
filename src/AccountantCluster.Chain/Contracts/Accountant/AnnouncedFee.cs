namespace AccountantCluster.Chain;

/// <summary>The accountant's fee after the last announcement.</summary>
/// <param name="BasisPoints">The fee, in hundredths of a percent.</param>
/// <param name="EffectiveFrom">From when on it is the fee, in seconds since 1970.</param>
public sealed record AnnouncedFee(ulong BasisPoints, ulong EffectiveFrom);

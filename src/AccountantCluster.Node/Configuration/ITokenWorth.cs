namespace AccountantCluster.Node.Configuration;

/// <summary>Who says what the token is worth.</summary>
internal interface ITokenWorth
{
    /// <summary>What 10^18 base units of the token are worth, in wei.</summary>
    string? WeiPerToken { get; }

    /// <summary>Path of a file with that number instead.</summary>
    string? PriceFile { get; }

    /// <summary>Hours after which what stands there counts as unknown.</summary>
    double PriceMaximumAgeHours { get; }
}

using AccountantCluster.Cluster;

namespace AccountantCluster.Node.Configuration;

/// <summary>What the token is worth, from a node's configuration.</summary>
internal static class TokenPrices
{
    /// <summary>Who says it.</summary>
    /// <param name="worth">What the operator chose.</param>
    /// <param name="section">The section's name, for messages.</param>
    /// <exception cref="ConfigurationException">It is said twice, or is no number.</exception>
    public static Func<IServiceProvider, ITokenPrice> Read(ITokenWorth worth, string section)
    {
        switch (worth.WeiPerToken, worth.PriceFile)
        {
            case (null, null):
                return _ => new FixedTokenPrice(null);
            case ({ } text, null):
                var price = ConfiguredAmount.Read(text, $"{section}.weiPerToken").Units;
                return _ => new FixedTokenPrice(price);
            case (null, { } file):
                return provider => new PriceFile(
                    file,
                    TimeSpan.FromHours(worth.PriceMaximumAgeHours),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<PriceFile>>());
            default:
                throw new ConfigurationException($"{section}.weiPerToken and {section}.priceFile exclude each other: name one.");
        }
    }
}

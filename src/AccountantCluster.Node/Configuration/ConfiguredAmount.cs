using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>Amounts of a configuration: decimal numbers in token base units, as texts because no number of JSON holds them.</summary>
internal static class ConfiguredAmount
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The number.</param>
    /// <param name="name">Of the setting.</param>
    /// <exception cref="ConfigurationException">It is no amount.</exception>
    public static Amount Read(string text, string name) =>
        Amount.TryParse(text, out var amount)
            ? amount
            : throw new ConfigurationException($"{name} is no amount of token base units: {text}");
}

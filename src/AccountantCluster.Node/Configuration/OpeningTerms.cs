using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>What is risked on consumers that are not registered yet, from the node's configuration.</summary>
internal static class OpeningTerms
{
    private const ulong SecondsPerMinute = 60;

    /// <summary>Reads it.</summary>
    /// <param name="section">What the operator says; null: nothing is risked.</param>
    /// <param name="registrationFee">What the registry takes, in token base units.</param>
    /// <exception cref="ConfigurationException">A setting is not what it should be.</exception>
    public static OpeningPolicy Open(NodeConfiguration.OpeningSection? section, Amount registrationFee)
    {
        if (section is null) return OpeningPolicy.Off;
        var policy = new OpeningPolicy
        {
            Limit = ConfiguredAmount.Read(section.Limit, "opening.limit"),
            TotalLimit = ConfiguredAmount.Read(section.TotalLimit, "opening.totalLimit"),
            PerHour = section.PerHour,
            MinimumSeconds = (ulong)section.MinimumMinutes * SecondsPerMinute,
            RegistrationFee = registrationFee,
        };
        return policy.Limit <= policy.TotalLimit
            ? policy
            : throw new ConfigurationException("opening.totalLimit is below opening.limit: nobody could ever begin.");
    }
}

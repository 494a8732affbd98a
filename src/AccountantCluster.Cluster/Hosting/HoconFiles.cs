using System.Reflection;
using Akka.Configuration;

namespace AccountantCluster.Cluster;

/// <summary>The settings of the <c>hocon</c> folder, built into this assembly.</summary>
internal static class HoconFiles
{
    private static readonly Assembly Assembly = typeof(HoconFiles).Assembly;

    /// <summary>The files, one per concern.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".conf", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>All of them; no key stands in two files.</summary>
    public static Config Load() => Names.Aggregate(Config.Empty, (config, name) => config.WithFallback(Load(name)));

    /// <summary>One of them.</summary>
    public static Config Load(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}

using System.Reflection;
using Akka.Configuration;

namespace AccountantCluster.Cluster;

/// <summary>The settings of the <c>hocon</c> folder, built into this assembly.</summary>
internal static class HoconFiles
{
    /// <summary>All of them; no key stands in two files.</summary>
    public static Config Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".conf", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Aggregate(Config.Empty, (config, name) => config.WithFallback(Parse(assembly, name)));
    }

    private static Config Parse(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}

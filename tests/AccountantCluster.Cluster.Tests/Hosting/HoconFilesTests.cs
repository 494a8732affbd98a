using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.DistributedData;
using Akka.Persistence.Sql;
using Akka.Remote;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The hocon folder: a key that is misspelt changes nothing, so every key must exist, and differ.</summary>
public sealed class HoconFilesTests
{
    // Ours, or names of ours under a key of Akka's.
    private static readonly string[] OurOwn =
        ["accountant.", "akka.actor.serializers.accountant", "akka.actor.serialization-bindings."];

    private static readonly Config Defaults = ClusterSharding.DefaultConfig()
        .WithFallback(DistributedData.DefaultConfig())
        .WithFallback(ClusterSingleton.DefaultConfig())
        .WithFallback(SqlPersistence.DefaultConfiguration)
        .WithFallback(ConfigurationFactory.FromResource("Akka.Persistence.persistence.conf", typeof(Akka.Persistence.Persistence).Assembly))
        .WithFallback(ConfigurationFactory.FromResource("Akka.Cluster.Configuration.Cluster.conf", typeof(Akka.Cluster.Cluster).Assembly))
        .WithFallback(ConfigurationFactory.FromResource("Akka.Remote.Configuration.Remote.conf", typeof(RemoteSettings).Assembly))
        .WithFallback(ConfigurationFactory.Default());

    public static TheoryData<string> Files => [.. HoconFiles.Names];

    [Fact]
    public void There_is_one_file_per_concern() => Assert.Equal(
        ["cluster.conf", "persistence.conf", "remote.conf", "serialization.conf", "sharding.conf", "shutdown.conf"], HoconFiles.Names);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_key_exists_in_the_defaults_and_differs_from_them(string file)
    {
        var keys = Leaves(HoconFiles.Load(file)).Where(leaf => !OurOwn.Any(leaf.Path.StartsWith)).ToList();

        Assert.All(keys, leaf =>
        {
            var path = InDefaults(leaf.Path);
            Assert.True(Defaults.HasPath(path), $"{path} is no key of Akka.NET.");
            Assert.NotEqual(Text(Defaults, path), leaf.Value);
        });
    }

    [Fact]
    public void No_key_stands_in_two_files()
    {
        var paths = HoconFiles.Names.SelectMany(file => Leaves(HoconFiles.Load(file))).Select(leaf => leaf.Path).ToList();

        Assert.Distinct(paths);
    }

    [Theory]
    [InlineData("akka.cluster.split-brain-resolver.active-strategy", "keep-majority")]
    [InlineData("akka.cluster.split-brain-resolver.down-all-when-unstable", "on")]
    [InlineData("akka.cluster.down-removal-margin", "off")]
    [InlineData("akka.cluster.run-coordinated-shutdown-when-down", "on")]
    [InlineData("akka.cluster.sharding.coordinator-state.write-majority-plus", "3")]
    [InlineData("akka.cluster.sharding.coordinator-state.read-majority-plus", "5")]
    [InlineData("akka.cluster.sharding.handoff-timeout", "60s")]
    [InlineData("akka.cluster.sharding.rebalance-interval", "10s")]
    public void Defaults_that_the_files_rely_on_are_what_they_say(string path, string value)
    {
        Assert.Equal(value, Text(Defaults, path).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(HoconFiles.Names, file => Assert.False(HoconFiles.Load(file).HasPath(path)));
    }

    // What a plugin does not set itself it takes from the settings for all journals, and a phase from those for all phases.
    private static string InDefaults(string path)
    {
        if (Defaults.HasPath(path)) return path;
        return path.StartsWith("akka.coordinated-shutdown.phases.", StringComparison.Ordinal)
            ? "akka.coordinated-shutdown.default-phase-timeout"
            : path.Replace("journal.sql", "journal-plugin-fallback", StringComparison.Ordinal)
                .Replace("snapshot-store.sql", "snapshot-store-plugin-fallback", StringComparison.Ordinal);
    }

    private static string Text(Config config, string path) => config.GetValue(path).ToString();

    private static IEnumerable<(string Path, string Value)> Leaves(Config config) => Leaves(config.Root, "");

    private static IEnumerable<(string Path, string Value)> Leaves(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves(item.Value, path.Length == 0 ? item.Key : $"{path}.{item.Key}"))
        : [(path, value.ToString())];
}

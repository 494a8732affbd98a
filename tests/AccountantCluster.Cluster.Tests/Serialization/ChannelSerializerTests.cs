using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using Akka.Actor;
using Akka.Serialization;
using Akka.TestKit.Xunit2;
using CsCheck;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Golden bytes of everything that is stored or sent. A file that changes means that running clusters and old journals are not understood
/// any more: make a new manifest instead. New files are written with ACCOUNTANT_WRITE_GOLDEN=1.
/// </summary>
public sealed class ChannelSerializerTests() : TestKit(HoconFiles.Load())
{
    public static TheoryData<string> Manifests => [.. MessageFormats.All.Select(format => format.Manifest)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Bytes_are_those_of_the_golden_file(string manifest)
    {
        var type = MessageFormats.Of(manifest).Type;
        var samples = Samples.All.Where(sample => sample.GetType() == type);
        var lines = samples.Select(sample => Convert.ToHexStringLower(Serialize(sample))).ToList();
        Assert.NotEmpty(lines);
        if (Environment.GetEnvironmentVariable("ACCOUNTANT_WRITE_GOLDEN") == "1")
            File.WriteAllText(Path.Combine(SourceFolder(), "..", "Golden", $"{manifest}.hex"), string.Join('\n', lines) + "\n");

        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", $"{manifest}.hex")), lines);
    }

    [Fact]
    public void Every_sample_reads_back_to_the_same_bytes() => Assert.All(Samples.All, sample =>
    {
        var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(sample);
        var bytes = serializer.ToBinary(sample);
        var read = serializer.FromBinary(bytes, serializer.Manifest(sample));
        Assert.Equal(sample.GetType(), read.GetType());
        Assert.Equal(bytes, serializer.ToBinary(read));
    });

    [Fact]
    public void Everything_that_is_stored_or_sent_has_a_format_and_a_sample()
    {
        var types = new[] { typeof(ChannelSerializer).Assembly, typeof(ConsumerChannelEvent).Assembly, typeof(LaneEvent).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsInterface: false } && IsStoredOrSent(type))
            .ToHashSet();

        Assert.All(types, type => Assert.IsType<ChannelSerializer>(Sys.Serialization.FindSerializerForType(type)));
        Assert.Equal(types, MessageFormats.All.Select(format => format.Type).ToHashSet());
        Assert.Equal(types, Samples.All.Select(sample => sample.GetType()).ToHashSet());
    }

    [Fact]
    public void What_has_no_format_is_refused_loudly()
    {
        Assert.ThrowsAny<SerializationException>(() => Sys.Serialization.FindSerializerForType(typeof(Unknown)));
        Assert.ThrowsAny<SerializationException>(() => MessageFormats.Of(typeof(Unknown)));
        Assert.ThrowsAny<SerializationException>(() => MessageFormats.Of("xx-unknown-1"));
    }

    [Fact]
    public void An_envelope_in_an_envelope_is_refused()
    {
        var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(Observed.Instance);
        var bytes = serializer.ToBinary(new ChannelEnvelope([new ChannelEnvelope([])]));
        Assert.ThrowsAny<SerializationException>(() => serializer.FromBinary(bytes, ChannelEnvelopeFormat.Manifest));
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_crash_otherwise() =>
        Gen.Select(Gen.Int[0, Samples.All.Count - 1], Gen.Byte.Array[0, 80], Gen.Int[0, 400]).Sample(
            (index, noise, position) =>
            {
                var serializer = (SerializerWithStringManifest)Sys.Serialization.FindSerializerFor(Samples.All[index]);
                var bytes = Serialize(Samples.All[index]);
                var cut = Math.Min(position, bytes.Length);
                try
                {
                    serializer.FromBinary([.. bytes[..cut], .. noise], serializer.Manifest(Samples.All[index]));
                }
                catch (SerializationException)
                {
                    // Refused, as it should be.
                }
            },
            iter: TestEffort.Of(5_000));

    private static bool IsStoredOrSent(Type type) =>
        typeof(IChannelMessage).IsAssignableFrom(type)
        || typeof(ConsumerChannelEvent).IsAssignableFrom(type)
        || typeof(ProviderChannelEvent).IsAssignableFrom(type)
        || typeof(LaneEvent).IsAssignableFrom(type)
        || typeof(ObserverEvent).IsAssignableFrom(type)
        || typeof(JobEvent).IsAssignableFrom(type)
        || type == typeof(LaneState)
        || type == typeof(JobBook)
        || type == typeof(ObserverState)
        || type == typeof(ConsumerChannelState)
        || type == typeof(ProviderChannelState);

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private byte[] Serialize(object value) => Sys.Serialization.FindSerializerFor(value).ToBinary(value);

    private sealed record Unknown(ActorPath Path);
}

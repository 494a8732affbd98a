using Google.Protobuf;

namespace AccountantCluster.Cluster;

/// <summary>How one type of event, snapshot or message is written.</summary>
/// <param name="Manifest">Names type and version in the journal and on the wire. Never changes; a new format is a new manifest.</param>
/// <param name="Type">The type.</param>
/// <param name="Write">To protobuf.</param>
/// <param name="Read">From protobuf.</param>
internal sealed record MessageFormat(string Manifest, Type Type, Func<object, IMessage> Write, Func<byte[], object> Read)
{
    public static MessageFormat Of<T, TWire>(string manifest, Func<T, TWire> write, Func<TWire, T> read)
        where T : class
        where TWire : IMessage<TWire>, new()
    {
        var parser = new MessageParser<TWire>(() => new TWire());
        return new MessageFormat(manifest, typeof(T), value => write((T)value), bytes => read(parser.ParseFrom(bytes)));
    }
}

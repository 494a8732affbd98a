using AccountantCluster.Cluster;

namespace AccountantCluster.Node.Configuration;

/// <summary>Where a node keeps its channels, from what the operator says.</summary>
internal static class Storage
{
    /// <summary>Reads the connection from its file, if there is one.</summary>
    /// <exception cref="ConfigurationException">Neither or both are named, or the file cannot be read.</exception>
    public static StoreOptions Open(NodeConfiguration.StorageSection section) => section switch
    {
        { Directory: { Length: > 0 } directory, ConnectionFile: null } =>
            new StoreOptions.Sqlite(directory) { CreatesTables = section.CreateTables },
        { Directory: null, ConnectionFile: { Length: > 0 } file } =>
            new StoreOptions.PostgreSql(Read(file)) { CreatesTables = section.CreateTables },
        _ => throw new ConfigurationException("storage names either a directory or a connectionFile."),
    };

    private static string Read(string file)
    {
        // Some editors mark the beginning of a text, which belongs to no connection.
        using var text = new StreamReader(new MemoryStream(SecretFile.Read(file)));
        return text.ReadToEnd().Trim();
    }
}

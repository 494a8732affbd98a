using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.Reliability.Network;

/// <summary>What a node of the cluster is told.</summary>
internal static class NodeFiles
{
    /// <summary>Writes everything into a folder, once. Returns the path of the configuration.</summary>
    /// <param name="folder">The node's own.</param>
    /// <param name="chain">Where the accountant is.</param>
    /// <param name="database">Connection string of the database that all nodes share.</param>
    /// <param name="edgePort">Port for providers.</param>
    /// <param name="port">Port that it listens on for the other nodes.</param>
    /// <param name="publicPort">Port that it tells them.</param>
    public static string Write(DemoFolder folder, DemoChain chain, string database, int edgePort, int port, int publicPort)
    {
        var password = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var (keystore, passwordFile, connectionFile, path) = (
            folder.File("operator.json"), folder.File("operator.password"), folder.File("database.connection"), folder.File("node.json"));
        PrivateFiles.WriteNew(keystore, Encoding.UTF8.GetBytes(Keystore.Write(chain.Operator, password, KeystoreStrength.Light)));
        PrivateFiles.WriteNew(passwordFile, password);
        PrivateFiles.WriteNew(connectionFile, Encoding.UTF8.GetBytes(database));
        PrivateFiles.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            chain = new
            {
                rpc = chain.Endpoint,
                registry = chain.Profile.Registry.ToString(),
                accountant = chain.Profile.Accountant.ToString(),
                confirmations = 1,
                observeSeconds = 1,
            },
            @operator = new { keystore, passwordFile, totalsFile = folder.File("operator.totals") },
            storage = new { connectionFile, createTables = false },
            edge = new { listen = $"127.0.0.1:{edgePort}" },
            cluster = new { hostname = "127.0.0.1", port, publicHost = "127.0.0.1", publicPort },
            policy = new { exposureLimit = DemoScale.ExposureLimit.ToString() },
            settlement = new { intervalSeconds = 10, minimumCollected = "1", reminderSeconds = 60 },
        }));
        return path;
    }
}

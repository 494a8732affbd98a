using System.Text.Json;
using AccountantCluster.Cli;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>Writes what a node is told that is nothing but a transaction maker: it knows the registry, and no accountant.</summary>
internal static class MakerFiles
{
    private const int JobsPerMinute = 600;

    private static readonly string[] Roles = ["maker"];

    /// <summary>Writes everything, once per folder. Returns the path of the configuration.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="chain">Where the registry is.</param>
    /// <param name="key">Sends, and pays for gas.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="quoteSeconds">For how long its quotes hold.</param>
    public static string Write(DemoFolder folder, DemoChain chain, PrivateKey key, int port, int quoteSeconds)
    {
        var (keystore, passwordFile) = NodeFiles.WriteKey(key, folder.File("maker"));
        var path = folder.File("maker-node.json");
        PrivateFiles.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            chain = new { rpc = chain.Endpoint, registry = chain.Profile.Registry.ToString(), confirmations = 1, observeSeconds = 0.5 },
            storage = new { directory = folder.Folder("maker-journal") },
            cluster = new { roles = Roles },
            edge = new { listen = $"127.0.0.1:{port}" },
            maker = new
            {
                keystore,
                passwordFile,
                // 10^8 units are an ether's worth: fees that move with gas, and are small beside what is moved.
                weiPerToken = "10000000000000000000000000000",
                minimumFee = DemoScale.TransactionMakerFee.ToString(),
                quoteSeconds,
                // Everybody is on this machine.
                jobsPerMinute = JobsPerMinute,
                callsPerMinute = 60 * JobsPerMinute,
            },
        }, JsonSerializerOptions.Web));
        return path;
    }
}

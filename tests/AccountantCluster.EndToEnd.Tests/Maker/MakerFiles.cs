using System.Text.Json;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Writes what a node is told that is nothing but a transaction maker: it knows the registry, and no accountant.</summary>
internal static class MakerFiles
{
    private static readonly string[] Roles = ["maker"];

    /// <summary>Writes everything, once per folder. Returns the path of the configuration.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="chain">Where the registry is.</param>
    /// <param name="told">Everything else.</param>
    public static string Write(DemoFolder folder, DemoChain chain, MakerTold told)
    {
        var (keystore, passwordFile) = NodeFiles.WriteKey(chain.Maker, folder.File("maker"));
        var path = folder.File("maker-node.json");
        PrivateFiles.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            chain = new { rpc = chain.Endpoint, registry = chain.Profile.Registry.ToString(), confirmations = 1, observeSeconds = 0.5 },
            storage = new { directory = folder.Folder("maker-journal") },
            cluster = new { roles = Roles },
            edge = new { listen = told.Listen },
            maker = new
            {
                keystore,
                passwordFile,
                told.WeiPerToken,
                minimumFee = told.MinimumFee.ToString(),
                told.QuoteSeconds,
                told.JobsPerMinute,
                callsPerMinute = 60 * told.JobsPerMinute,
            },
        }, JsonSerializerOptions.Web));
        return path;
    }
}

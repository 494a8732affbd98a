using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>Writes what a node is told, as an operator does: its configuration, and the secrets that the configuration names.</summary>
internal static class NodeFiles
{
    private const string SignerRole = "signer";

    /// <summary>Writes everything, once per folder and number. Returns the path of the configuration.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="chain">Where the accountant is.</param>
    /// <param name="told">Everything else.</param>
    public static string Write(DemoFolder folder, DemoChain chain, NodeTold told)
    {
        string Own(string name) => folder.File(told.Number is null ? name : $"{told.Number}-{name}");
        var hasRole = (string role) => told.Roles?.Contains(role) ?? true;
        // A key that a node does not need is not there for it to find.
        var signing = hasRole(SignerRole) ? WriteKey(chain.Operator, Own("operator")) : default;
        var sending = told.SendingKey is { } key ? WriteKey(key, Own("settlement")) : default;
        var path = Own("node.json");
        PrivateFiles.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            chain = new
            {
                rpc = chain.Endpoint,
                registry = chain.Profile.Registry.ToString(),
                accountant = chain.Profile.Accountant.ToString(),
                confirmations = 1,
                observeSeconds = told.ObserveSeconds,
            },
            @operator = signing.Keystore is null
                ? null
                : new { signing.Keystore, signing.PasswordFile, totalsFile = Own("operator.totals") },
            storage = WriteStorage(folder, Own("database.connection"), told),
            cluster = new { roles = told.Roles, port = told.Port, publicPort = told.PublicPort },
            edge = new
            {
                listen = told.Listen,
                certificateFile = told.Certificates is null ? null : Path.Combine(told.Certificates, "node.crt"),
                keyFile = told.Certificates is null ? null : Path.Combine(told.Certificates, "node.key"),
            },
            policy = new { exposureLimit = DemoScale.ExposureLimit.ToString() },
            opening = told.OpeningLimit is not { } limit
                ? null
                : new { limit = limit.ToString(), totalLimit = (limit + limit + limit).ToString(), register = told.RegistersOpenings },
            settlement = new
            {
                sending.Keystore,
                sending.PasswordFile,
                intervalSeconds = told.SettleSeconds,
                minimumCollected = told.MinimumCollected.ToString(),
                minimumRefill = "1",
                minimumPaid = told.PaysProviders ? "1" : null,
                reminderSeconds = told.ReminderSeconds,
                roundsPerFullRound = told.RoundsPerFullRound,
            },
        }, JsonSerializerOptions.Web));
        return path;
    }

    /// <summary>
    /// Writes a keystore and the file of its password. It is the demo's own and worthless: a light one, opened in milliseconds.
    /// </summary>
    public static (string? Keystore, string? PasswordFile) WriteKey(PrivateKey key, string name)
    {
        var password = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var (keystore, passwordFile) = ($"{name}.json", $"{name}.password");
        PrivateFiles.WriteNew(keystore, Encoding.UTF8.GetBytes(Keystore.Write(key, password, KeystoreStrength.Light)));
        PrivateFiles.WriteNew(passwordFile, password);
        return (keystore, passwordFile);
    }

    private static object WriteStorage(DemoFolder folder, string connectionFile, NodeTold told)
    {
        if (told.Database is null) return new { directory = folder.Folder("journal"), createTables = told.CreatesTables };
        PrivateFiles.WriteNew(connectionFile, Encoding.UTF8.GetBytes(told.Database));
        return new { connectionFile, createTables = told.CreatesTables };
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using AccountantCluster.Cli.Certificates;
using AccountantCluster.Cli.Commands.Options;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>certificates</c>: what a node needs for TLS where no real authority is at hand.</summary>
internal static class CertificatesCommand
{
    private static readonly string[] Always = ["localhost", "127.0.0.1", "::1"];

    // A clock that is slow by some minutes should believe them; long enough to forget, short enough not to be used in earnest.
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var json = CommonOptions.Json();
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "Folder for ca.crt, node.crt and node.key; nothing in it is overwritten.",
            HelpName = "folder",
            DefaultValueFactory = _ => new DirectoryInfo("certificates"),
        };
        var names = new Option<string[]>("--name")
        {
            Description = "Name or address under which the node is reached, besides localhost; may be given several times.",
            HelpName = "host",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("certificates", "Make certificates for development: an authority, and a node's certificate of it.")
        {
            output, names, json,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(output).FullName;
            var (authority, certificate, key) =
                (Path.Combine(folder, "ca.crt"), Path.Combine(folder, "node.crt"), Path.Combine(folder, "node.key"));
            var existing = new[] { authority, certificate, key }.FirstOrDefault(File.Exists);
            if (existing is not null) throw new CommandFailedException($"{existing} exists already; name another folder with --output.");

            var wrong = parsed.GetRequiredValue(names).FirstOrDefault(name => !IsHost(name));
            if (wrong is not null) throw new CommandFailedException($"'{wrong}' is no name or address of a host.");
            var hosts = Always.Concat(parsed.GetRequiredValue(names)).Distinct().ToArray();
            var files = DevelopmentCertificates.Create(hosts, TimeProvider.System.GetUtcNow() - Lag, Lifetime);
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.WriteNew(key, files.Key);
            CryptographicOperations.ZeroMemory(files.Key);
            PrivateFiles.WriteNew(certificate, Encoding.ASCII.GetBytes(files.Certificate));
            PrivateFiles.WriteNew(authority, Encoding.ASCII.GetBytes(files.Authority));
            host.Report(parsed.GetValue(json)).Facts(
                new { authority, certificate, key },
                [("authority, for --ca-file", authority), ("edge.certificateFile", certificate), ("edge.keyFile", key)]);
            return ExitCode.Success;
        });
        return command;
    }

    // A certificate may hold for all names below one.
    private static bool IsHost(string name) =>
        Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) != UriHostNameType.Unknown;
}

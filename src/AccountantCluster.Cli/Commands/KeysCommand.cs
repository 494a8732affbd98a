using System.CommandLine;
using System.Security.Cryptography;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Keys;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>keys</c>: identities in keystore files that every Ethereum wallet reads.</summary>
internal static class KeysCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("keys", "Keys in keystore files, encrypted with a password.")
    {
        CreateKey(host),
        Import(host),
        List(host),
        Show(host),
    };

    private static Command CreateKey(Host host)
    {
        var (keys, passwordFile, json) = (CommonOptions.Keys(host), CommonOptions.PasswordFile(), CommonOptions.Json());
        var command = new Command("create", "Make a new random key.") { keys, passwordFile, json };
        command.SetAction(parsed =>
        {
            using var key = PrivateKey.Generate();
            return Store(host, key, parsed.GetRequiredValue(keys), parsed.GetValue(passwordFile), parsed.GetValue(json));
        });
        return command;
    }

    private static Command Import(Host host)
    {
        var (keys, passwordFile, json) = (CommonOptions.Keys(host), CommonOptions.PasswordFile(), CommonOptions.Json());
        var file = new Option<FileInfo?>("--private-key-file")
        {
            Description = "File with the private key in hexadecimal; without it, it is asked for. Keystores of wallets need no import.",
            HelpName = "file",
        };
        var command = new Command("import", "Encrypt an existing private key.") { file, keys, passwordFile, json };
        command.SetAction(parsed =>
        {
            using var key = ReadPrivateKey(host, parsed.GetValue(file));
            return Store(host, key, parsed.GetRequiredValue(keys), parsed.GetValue(passwordFile), parsed.GetValue(json));
        });
        return command;
    }

    private static Command List(Host host)
    {
        var (keys, json) = (CommonOptions.Keys(host), CommonOptions.Json());
        var command = new Command("list", "List the keys of the keys folder.") { keys, json };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(keys).FullName;
            var files = new KeyRing(folder).List();
            var report = host.Report(parsed.GetValue(json));
            if (files.Count == 0) report.Say($"No keys in {folder}.");
            if (files.Count > 0 || parsed.GetValue(json))
                report.Table(files, ["address", "keystore"], file => [file.Address.ToChecksumString(), file.Path]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(Host host)
    {
        var (keys, json) = (CommonOptions.Keys(host), CommonOptions.Json());
        var key = new Argument<string>("key") { Description = "A keystore file, or its address in the keys folder." };
        var command = new Command("show", "Show the address of a key. Needs no password.") { key, keys, json };
        command.SetAction(parsed =>
        {
            var file = new KeyRing(parsed.GetRequiredValue(keys).FullName).Find(parsed.GetRequiredValue(key));
            var report = host.Report(parsed.GetValue(json));
            report.Json(file);
            report.Say(file.Address.ToChecksumString());
            return ExitCode.Success;
        });
        return command;
    }

    private static int Store(Host host, PrivateKey key, DirectoryInfo keys, FileInfo? passwordFile, bool asJson)
    {
        using var password = Password.Choose(host, passwordFile);
        var file = new KeyRing(keys.FullName).Add(key, password);
        var report = host.Report(asJson);
        report.Json(file);
        report.Say($"{file.Address.ToChecksumString()}");
        report.Say($"Encrypted in {file.Path}. Keep a copy of the file and remember the password: nobody can restore either.");
        return ExitCode.Success;
    }

    private static PrivateKey ReadPrivateKey(Host host, FileInfo? file)
    {
        using var text = Password.Read(host, file, "Private key in hexadecimal");
        var secret = new byte[PrivateKey.Length];
        try
        {
            var digits = text.Bytes.StartsWith("0x"u8) ? text.Bytes[2..] : text.Bytes;
            var isHexadecimal = digits.Length == 2 * secret.Length
                && Convert.FromHexString(digits, secret, out _, out _) == System.Buffers.OperationStatus.Done;
            return isHexadecimal
                ? new PrivateKey(secret)
                : throw new CommandFailedException("Not a private key: 64 hexadecimal digits are expected.");
        }
        catch (ArgumentException problem)
        {
            throw new CommandFailedException("Not a private key of secp256k1.", problem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}

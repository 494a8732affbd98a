using System.CommandLine;
using AccountantCluster.Cli.Keys;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Which key a command signs with.</summary>
internal sealed class KeyOptions
{
    private readonly Option<DirectoryInfo> _keys;
    private readonly Option<string> _key;
    private readonly Option<FileInfo?> _passwordFile;

    /// <summary>Adds the options to a command; <c>--keys</c> is shared where a command has several keys.</summary>
    private KeyOptions(Command command, Option<DirectoryInfo> keys, string name, string passwordName, string whose, bool required)
    {
        _keys = keys;
        _key = new Option<string>(name)
        {
            Description = $"Key of {whose}: a keystore file, or its address in the keys folder.",
            HelpName = "key",
            Required = required,
        };
        _passwordFile = CommonOptions.PasswordFile(passwordName);
        command.Add(_key);
        command.Add(_passwordFile);
    }

    /// <summary>The command's first key.</summary>
    public static KeyOptions AddTo(Command command, Host host, string whose)
    {
        var keys = CommonOptions.Keys(host);
        var options = new KeyOptions(command, keys, "--key", "--password-file", whose, required: true);
        command.Add(keys);
        return options;
    }

    /// <summary>Another key of the same command, which may be left out.</summary>
    public KeyOptions AddAnother(Command command, string name, string whose) =>
        new(command, _keys, name, $"{name}-password-file", whose, required: false);

    /// <summary>Whether the key is named on the command line.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_key) is not null;

    /// <summary>Whose key it is; it stays closed, and nobody is asked for a password.</summary>
    public Address AddressOf(ParseResult parsed) => Find(parsed).Address;

    /// <summary>Finds and decrypts the key; the caller disposes it.</summary>
    public PrivateKey Open(ParseResult parsed, Host host)
    {
        var file = Find(parsed);
        using var password = Password.Read(host, parsed.GetValue(_passwordFile), $"Password of {file.Address.ToChecksumString()}");
        return file.Open(password);
    }

    private KeyFile Find(ParseResult parsed) =>
        new KeyRing(parsed.GetRequiredValue(_keys).FullName).Find(parsed.GetRequiredValue(_key));
}

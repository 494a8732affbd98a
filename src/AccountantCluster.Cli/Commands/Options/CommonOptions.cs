using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Options and arguments that several commands share; each command gets instances of its own.</summary>
internal static class CommonOptions
{
    /// <summary>One line of JSON instead of text.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one line of JSON instead of text." };

    /// <summary>A folder of keystores.</summary>
    public static Option<DirectoryInfo> Keys(Host host) => new("--keys")
    {
        Description = "Folder of the keystores.",
        HelpName = "folder",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(host.Home, "keys")),
    };

    /// <summary>Where a password is read from.</summary>
    public static Option<FileInfo?> PasswordFile(string name = "--password-file") => new(name)
    {
        Description = "File with the password; without it, it is asked for.",
        HelpName = "file",
    };

    /// <summary>An amount of token base units.</summary>
    public static Option<Amount> Amount(string name, string description, Amount? defaultValue = null) => new(name)
    {
        Description = description,
        HelpName = "units",
        Required = defaultValue is null,
        CustomParser = ParseAmount,
        DefaultValueFactory = defaultValue is { } value ? _ => value : null,
    };

    /// <summary>An amount of token base units that may be left out.</summary>
    public static Option<Amount?> OptionalAmount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "units",
        CustomParser = result => ParseAmount(result),
    };

    /// <summary>An amount of token base units.</summary>
    public static Argument<Amount> AmountArgument(string description) => new("amount")
    {
        Description = description,
        CustomParser = ParseAmount,
    };

    /// <summary>An address that may be left out.</summary>
    public static Option<Address?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "address",
        CustomParser = result => ParseAddress(result),
    };

    /// <summary>An address.</summary>
    public static Argument<Address> AddressArgument(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = ParseAddress,
    };

    /// <summary>An http or https address that may be left out.</summary>
    public static Option<Uri?> Url(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = "url",
        Required = required,
        CustomParser = ParseUrl,
    };

    /// <summary>A number within bounds.</summary>
    public static Option<int> Number(string name, string description, int least, int most, int defaultValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            var text = Single(result);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            result.AddError($"'{text}' is not {least} to {most}.");
            return default;
        },
    };

    private static Amount ParseAmount(ArgumentResult result)
    {
        var text = Single(result);
        if (Protocol.Amount.TryParse(text, out var amount)) return amount;
        result.AddError($"'{text}' is not a whole number of token base units below 2^128.");
        return default;
    }

    private static Address ParseAddress(ArgumentResult result)
    {
        var text = Single(result);
        if (!Protocol.Address.TryParse(text, out var address))
        {
            result.AddError($"'{text}' is not a 20-byte address in hexadecimal.");
        }
        else if (HasWrongChecksum(text, address))
        {
            // Mixed case is a checksum (EIP-55): one wrong digit must not send money to nobody.
            result.AddError($"The checksum of '{text}' is wrong: a digit was mistyped.");
        }
        return address;
    }

    private static bool HasWrongChecksum(string text, Address address)
    {
        var isMixed = text[2..].Any(char.IsAsciiLetterLower) && text[2..].Any(char.IsAsciiLetterUpper);
        return isMixed && !address.ToChecksumString().EndsWith(text[2..], StringComparison.Ordinal);
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = Single(result);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        result.AddError($"'{text}' is not an http or https address.");
        return null;
    }

    private static string Single(ArgumentResult result) => result.Tokens.Single().Value;
}

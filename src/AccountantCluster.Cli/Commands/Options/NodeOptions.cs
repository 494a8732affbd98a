using System.CommandLine;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Where the accountant's node is, and whose certificates it is believed by.</summary>
internal sealed class NodeOptions
{
    private readonly Option<Uri?> _node = CommonOptions.Url("--node", "gRPC address of the accountant, instead of the network file's.");

    private readonly Option<FileInfo?> _authority = new("--ca-file")
    {
        Description = "Certificates, in PEM, of the authorities that the accountant's own must come from. [default: the machine's]",
        HelpName = "file",
    };

    /// <summary>Adds the options to a command.</summary>
    public static NodeOptions AddTo(Command command)
    {
        var options = new NodeOptions();
        command.Add(options._node);
        command.Add(options._authority);
        return options;
    }

    /// <summary>Where the node is.</summary>
    /// <exception cref="CommandFailedException">Nobody said it.</exception>
    public Uri Endpoint(ParseResult parsed, NetworkFile file) => parsed.GetValue(_node) ?? file.Node
        ?? throw new CommandFailedException("Nobody said where the accountant's node is: use --node, or \"node\" in the network file.");

    /// <summary>A connection to the node, for one command; the caller disposes it.</summary>
    /// <exception cref="CommandFailedException">Nobody said where it is.</exception>
    public AccountantApi OpenApi(ParseResult parsed, NetworkFile file, AccountantProfile profile) => new(
        Endpoint(parsed, file), profile, new ExchangeClientOptions { CertificateAuthorityFile = AuthorityFile(parsed) });

    /// <summary>Whether somebody said where the node is.</summary>
    public bool IsSaid(ParseResult parsed, NetworkFile file) => parsed.GetValue(_node) is not null || file.Node is not null;

    /// <summary>The file of authorities; null for the machine's.</summary>
    public string? AuthorityFile(ParseResult parsed) => parsed.GetValue(_authority)?.FullName;
}

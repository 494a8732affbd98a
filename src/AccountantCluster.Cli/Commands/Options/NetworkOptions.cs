using System.CommandLine;
using AccountantCluster.Cli.Networks;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Which network a command works on.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<FileInfo> _network = new("--network")
    {
        Description = "Network file.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo("network.json"),
    };

    private readonly Option<Uri?> _rpc = CommonOptions.Url("--rpc", "JSON-RPC address of the chain, instead of the network file's.");

    private NetworkOptions(Command command)
    {
        command.Add(_network);
        command.Add(_rpc);
    }

    /// <summary>Adds the options to a command.</summary>
    public static NetworkOptions AddTo(Command command) => new(command);

    /// <summary>The network file, with what the command line says instead.</summary>
    public NetworkFile Read(ParseResult parsed)
    {
        var file = NetworkFile.Read(parsed.GetRequiredValue(_network));
        return parsed.GetValue(_rpc) is { } rpc ? file with { Rpc = rpc } : file;
    }

    /// <summary>Connects to the network; the caller disposes it.</summary>
    public Task<OpenNetwork> OpenAsync(ParseResult parsed, CancellationToken cancellation) =>
        OpenNetwork.OpenAsync(Read(parsed), cancellation);
}

using System.CommandLine;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Statements;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Whose statement is made, of which blocks, and from which sources.</summary>
internal sealed class StatementOptions
{
    private readonly KeyOptions _key;
    private readonly NetworkOptions _network;
    private readonly NodeOptions _node;
    private readonly Option<bool> _json = CommonOptions.Json();

    private readonly Option<ulong> _fromBlock = new("--from-block")
    {
        Description = "The first block, on long chains; the statement begins with the totals before it. [default: the chain's first]",
        HelpName = "number",
    };

    private readonly Option<bool> _chainOnly = new("--chain-only")
    {
        Description = "Leave the accountant out, where it does not answer. Needs no password.",
    };

    private StatementOptions(Command command, Host host, string whose)
    {
        _key = KeyOptions.AddTo(command, host, whose);
        _network = NetworkOptions.AddTo(command);
        _node = NodeOptions.AddTo(command);
        command.Add(_fromBlock);
        command.Add(_chainOnly);
        command.Add(_json);
    }

    /// <summary>Adds the options to a command.</summary>
    public static StatementOptions AddTo(Command command, Host host, string whose) => new(command, host, whose);

    /// <summary>Whether a script reads it.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Asks the accountant, unless it is to be left out, and then reads the chain.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The machine.</param>
    /// <param name="read">Reads the chain: whose, what the accountant says, from which block.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<T> ReadAsync<T>(
        ParseResult parsed,
        Host host,
        Func<StatementReader, Address, ChannelOverview?, ulong, Task<T>> read,
        CancellationToken cancellation)
    {
        var identity = _key.AddressOf(parsed);
        using var network = await _network.OpenAsync(parsed, cancellation);
        // Before the chain is read: what it says of a block is then old enough for the chain to have it.
        var word = parsed.GetValue(_chainOnly) ? null : await AskAsync(parsed, host, network, cancellation);
        var reader = new StatementReader(network.Client, network.Profile, network.File.Confirmations);
        return await read(reader, identity, word, parsed.GetValue(_fromBlock));
    }

    private async Task<ChannelOverview> AskAsync(ParseResult parsed, Host host, OpenNetwork network, CancellationToken cancellation)
    {
        var options = new ExchangeClientOptions { CertificateAuthorityFile = _node.AuthorityFile(parsed) };
        using var api = new AccountantApi(_node.Endpoint(parsed, network.File), network.Profile, options);
        using var key = _key.Open(parsed, host);
        try
        {
            return await api.GetChannelAsync(key, cancellation);
        }
        catch (AccountantUnavailableException problem)
        {
            throw new CommandFailedException($"{problem.Message} With --chain-only the statement is made without the accountant.", problem);
        }
    }
}

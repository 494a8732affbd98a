using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Maker;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>Who sends a transaction instead of a key with ether, and what it may ask for it in tokens.</summary>
internal sealed class TransactionMakerOptions
{
    private readonly Option<Uri?> _maker =
        CommonOptions.Url("--maker", "gRPC address of a transaction maker that sends it, for tokens: no key needs ether then.");

    private readonly Option<Amount> _limit = CommonOptions.Amount("--max-fee", "The most that it may ask.", Amount.Zero);

    private readonly Option<FileInfo?> _authority = new("--maker-ca-file")
    {
        Description = "Certificates, in PEM, of the authorities that its own must come from. [default: the machine's]",
        HelpName = "file",
    };

    /// <summary>Adds the options to a command.</summary>
    public static TransactionMakerOptions AddTo(Command command)
    {
        var options = new TransactionMakerOptions();
        command.Add(options._maker);
        command.Add(options._limit);
        command.Add(options._authority);
        return options;
    }

    /// <summary>Whether one is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_maker) is not null;

    /// <summary>The most that it may ask, in token base units.</summary>
    public Amount Limit(ParseResult parsed) => parsed.GetValue(_limit);

    /// <summary>A connection; the caller disposes it.</summary>
    public TransactionMakerApi Open(ParseResult parsed) => new(
        parsed.GetValue(_maker) ?? throw new CommandFailedException("Nobody said where the transaction maker is: use --maker."),
        new ExchangeClientOptions { CertificateAuthorityFile = parsed.GetValue(_authority)?.FullName });

    /// <summary>The route of a provider's transactions through it.</summary>
    /// <param name="api">The connection.</param>
    /// <param name="client">The chain.</param>
    /// <param name="profile">The accountant.</param>
    /// <param name="provider">The provider's key.</param>
    /// <param name="parsed">Says what it may cost.</param>
    /// <param name="report">Told of every state.</param>
    public MakerRoute Route(
        TransactionMakerApi api,
        IEthereumClient client,
        AccountantProfile profile,
        PrivateKey provider,
        ParseResult parsed,
        Report report) =>
        new(api, new TransactionMakerClient(api, client, profile), client, provider, Limit(parsed), Tell(report));

    /// <summary>Says each state as it comes.</summary>
    public static IProgress<JobReport> Tell(Report report) => new Teller(report);

    // Progress<T> would say it some time later, after the end.
    private sealed class Teller(Report report) : IProgress<JobReport>
    {
        public void Report(JobReport value)
        {
            var state = ReasonNames.Of(value.State).ToLowerInvariant();
            report.Say(value switch
            {
                { State: JobState.Failed } => $"failed: {value.Reason.ToName()}",
                { TransactionHash: { } hash, Block: { } block } => $"{state}: transaction {hash} in block {block}",
                { TransactionHash: { } hash } => $"{state}: transaction {hash}",
                _ => state,
            });
        }
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Statements;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.WayOut;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli;

/// <summary>Failures in words for a person: one line, what to do where that is known, no stack trace.</summary>
internal static class Failures
{
    /// <summary>The line.</summary>
    public static string Describe(Exception problem) => problem switch
    {
        CommandFailedException or DemoFailedException => problem.Message,
        KeystoreException or ToolchainException or ProcessFailedException or StoreException or ServicePausedException => problem.Message,
        StatementException or EvidenceException => problem.Message,
        ExitNotDueException => $"{problem.Message} Nothing was sent.",
        ExitRefusedException { Reason: RejectionReason.ChannelExiting } =>
            $"{problem.Message} Another exit is not over: ask again once it is paid and confirmed.",
        ExitRefusedException => $"{problem.Message} `accountant channel exit request` needs no consent.",
        PaymentRefusedException refused => $"Refused to pay: {refused.Reason}. Nothing was signed.",
        CertificateAuthorityException => $"{problem.Message} Name another file with --ca-file.",
        JobRefusedException { Reason: JobReason.FeeTooLow } =>
            $"{problem.Message} Allow more with --max-fee, or come back when gas is cheaper.",
        JobRefusedException => problem.Message,
        TransactionMakerUnavailableException => $"{problem.Message} Check that it runs, and where (--maker).",
        AccountantUnavailableException => $"{problem.Message} Check that the accountant's node runs, and where (\"node\", --node).",
        ContractRevertedException reverted => $"The contract refused: {reverted.Error}. Nothing was sent.",
        TransactionOutcomeUnknownException unknown => $"{unknown.Message} Look for that transaction before you try again.",
        TransactionRefusedException refused => $"{refused.Message} Nothing was sent.",
        EthereumUnavailableException => $"{problem.Message} Check the chain's address (--rpc, or \"rpc\" in the network file).",
        EthereumException => problem.Message,
        HttpRequestException => $"No connection: {problem.Message}",
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException => problem.Message,
        _ => $"Unexpected {problem.GetType().Name}: {problem.Message} This is a defect; please report it.",
    };
}

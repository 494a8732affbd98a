using System.CommandLine;
using System.Globalization;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>network</c>: the contracts of a new network.</summary>
internal static class NetworkCommand
{
    private const int MaxBasisPoints = 10_000;

    // Three hours of Ethereum: who waits longer has mistyped.
    private const int MaxConfirmations = 1_000;

    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("network", "Networks: a registry and its accountant on a chain.") { Deploy(host) };

    private static Command Deploy(Host host)
    {
        var command = new Command("deploy", "Deploy a registry and an accountant, and write their addresses to a network file.");
        var rpc = CommonOptions.Url("--rpc", "JSON-RPC address of the chain.", required: true);
        var key = KeyOptions.AddTo(command, host, "the deployer, who pays, stakes and owns the accountant");
        var operatorAddress = CommonOptions.Address("--operator", "Who signs for the accountant. [default: the deployer]");
        var token = CommonOptions.Address("--token", "The ERC-20 token: a plain one, without transfer fees and rebasing.");
        var development = CommonOptions.Amount(
            "--development-token", "Instead of --token: deploy a worthless token, and make that many units for the deployer.", Amount.Zero);
        var stake = CommonOptions.Amount("--stake", "The accountant's stake, taken from the deployer; also the registry's minimum.");
        var fee = BasisPoints();
        var registrationFee = CommonOptions.Amount("--registration-fee", "What registering an identity costs.", Amount.Zero);
        var treasury = CommonOptions.Address("--treasury", "Who receives registration fees. [default: the deployer]");
        var node = CommonOptions.Url("--node", "gRPC address of the accountant's node, where it is known already.");
        var confirmations = CommonOptions.Number(
            "--confirmations", "Blocks on top of a transaction's own before it counts.", 0, MaxConfirmations, 1);
        var output = new Option<FileInfo>("--output")
        {
            Description = "The network file to write.",
            HelpName = "file",
            DefaultValueFactory = _ => new FileInfo("network.json"),
        };
        var json = CommonOptions.Json();
        Option[] others =
        [
            rpc, operatorAddress, token, development, stake, fee, registrationFee, treasury, node, confirmations, output, json,
        ];
        foreach (var option in others) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(token) is null == result.GetValue(development).IsZero)
                result.AddError("Name either --token or --development-token.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetRequiredValue(output);
            NetworkFile.RefuseToOverwrite(file);
            using var deployer = key.Open(parsed, host);
            var plan = new NetworkPlan
            {
                Rpc = parsed.GetRequiredValue(rpc)!,
                Operator = parsed.GetValue(operatorAddress) ?? deployer.Address,
                Token = parsed.GetValue(token),
                DevelopmentTokens = parsed.GetValue(development),
                Stake = parsed.GetValue(stake),
                FeeBasisPoints = parsed.GetValue(fee),
                RegistrationFee = parsed.GetValue(registrationFee),
                Treasury = parsed.GetValue(treasury) ?? deployer.Address,
                Node = parsed.GetValue(node),
                Confirmations = parsed.GetValue(confirmations),
            };
            var report = host.Report(parsed.GetValue(json));
            var network = await plan.DeployAsync(deployer, report.Say, cancellation);
            network.WriteNew(file);
            report.Facts(network,
            [
                ("chain", $"{network.ChainId}"),
                ("token", network.Token.ToChecksumString()),
                ("registry", network.Registry.ToChecksumString()),
                ("accountant", network.Accountant.ToChecksumString()),
                ("operator", plan.Operator.ToChecksumString()),
                ("file", file.FullName),
            ]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<ushort> BasisPoints() => new("--fee")
    {
        Description = "The accountant's fee in basis points (hundredths of a percent).",
        HelpName = "basis points",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points <= MaxBasisPoints)
                return points;
            result.AddError($"'{text}' is not 0 to {MaxBasisPoints} basis points.");
            return default;
        },
    };
}

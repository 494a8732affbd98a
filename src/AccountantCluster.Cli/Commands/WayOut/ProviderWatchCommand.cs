using System.CommandLine;
using AccountantCluster.Cli.Accounts;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.WayOut;

namespace AccountantCluster.Cli.Commands.WayOut;

/// <summary><c>provider watch</c>: settles by policy, and at once where waiting could lose something.</summary>
internal static class ProviderWatchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "watch",
            "Watch over a provider's money until interrupted: settle when it is worth it, when most of the guaranteed balance is used, "
            + "when money has waited long, when the risk nears its limit, and at once when a consumer leaves or the accountant's key is "
            + "revoked. Keeps the evidence file. Opens the books for a moment at each look: other commands can use them in between.");
        var options = AccountOptions.AddStorage(command, host);
        var sender = options.Key.AddAnother(command, "--sender", "whoever sends transactions and pays their gas [default: the provider]");
        var maker = TransactionMakerOptions.AddTo(command);
        var policy = new WatchPolicyOptions(command);
        var interval = CommonOptions.Number("--interval", "Seconds between two looks at the chain.", 1, 86_400, 60);
        var evidence = ProviderEvidenceCommand.OutputOption("--evidence");
        var once = new Option<bool>("--once") { Description = "Look once, settle if it is time, and end." };
        var json = CommonOptions.Json();
        command.Add(interval);
        command.Add(evidence);
        command.Add(once);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var storage = await options.FindStorageAsync(parsed, host, cancellation);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var lane = storage.Network.SenderOf(senderKey ?? storage.Key);
            var (network, report) = (storage.Network, host.Report(parsed.GetValue(json)));
            using var api = maker.IsGiven(parsed) ? maker.Open(parsed) : null;
            ISettlementRoute route = api is null
                ? new OwnKeyRoute(network.Client, network.Profile, lane, policy.Rate(parsed))
                : maker.Route(api, network.Client, network.Profile, storage.Key, parsed, report);
            using var watch = new ProviderWatch(
                new StoredBooks(storage, new ProviderOptions { RiskLimit = policy.RiskLimit(parsed) }, host.Time),
                new ProviderEvidence(network.Profile, storage.Key.Address),
                network.Client,
                route,
                new ProviderWatchOptions
                {
                    Policy = policy.Read(parsed),
                    Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)),
                    EvidencePath = parsed.GetValue(evidence)?.FullName ?? storage.EvidencePath,
                },
                new WatchLines(report).Say,
                host.Time);
            if (!parsed.GetValue(once))
            {
                await watch.RunAsync(cancellation);
                return ExitCode.Success;
            }
            var state = await watch.LookAsync(cancellation);
            return state.Problem is null ? ExitCode.Success : throw new CommandFailedException(state.Problem);
        });
        return command;
    }

    // Each look is a line of JSON; for people only what is new.
    private sealed class WatchLines(Report report)
    {
        private WatchState _said = new();

        public void Say(WatchState state)
        {
            report.Json(new
            {
                state.LookedAt,
                state.NextLookAt,
                state.Preview?.Promised,
                state.Preview?.Settled,
                state.Preview?.Payable,
                Risk = state.Risk.Total,
                state.IsRiskNearLimit,
                state.Leaving,
                state.PromiseEndsAt,
                LastSettlement = state.LastSettlement is { } last
                    ? new { last.At, Reason = $"{last.Reason}", last.Transaction, last.Collected, last.Paid, last.Fee }
                    : null,
                state.Problem,
            });
            if (state.LastSettlement is { } settled && settled != _said.LastSettlement)
                report.Say($"{settled.At:u} Settled {settled.Paid} ({settled.Reason}) in transaction {settled.Transaction}.");
            foreach (var consumer in state.Leaving.Except(_said.Leaving))
                report.Say($"{state.LookedAt:u} Consumer {consumer.ToChecksumString()} is leaving with promises that are not collected.");
            if (state.PromiseEndsAt is { } end && end != _said.PromiseEndsAt)
            {
                report.Say($"{state.LookedAt:u} The key under the accountant's promise is revoked: from {end:u} on the promise cannot be "
                    + "settled any more.");
            }
            if (state.IsRiskNearLimit && !_said.IsRiskNearLimit)
                report.Say($"{state.LookedAt:u} The risk is {state.Risk.Total}, near its limit.");
            if (state.Problem is { } problem && problem != _said.Problem) report.Say($"{state.LookedAt:u} {problem}");
            _said = state;
        }
    }
}

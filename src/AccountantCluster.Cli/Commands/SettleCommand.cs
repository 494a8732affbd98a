using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>settle</c>: a provider cashes the accountant's promise on chain, without the accountant's help.</summary>
internal static class SettleCommand
{
    // Long enough to be mined on a busy chain.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command("settle", "Providers: cash the accountant's promise on chain. Needs no help of the accountant.");
        var options = AccountOptions.AddProvider(command, host);
        var sender = options.Key.AddAnother(command, "--sender", "whoever sends the transaction and pays its gas [default: the provider]");
        var fee = CommonOptions.Amount("--fee", "Tokens that the sender gets for sending, out of what is paid.", Amount.Zero);
        var json = CommonOptions.Json();
        command.Add(fee);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var provider = await options.OpenProviderAsync(parsed, host, cancellation);
            var report = host.Report(parsed.GetValue(json));
            var promise = provider.Account.Settleable;
            if (promise is null) return Nothing(report, Amount.Zero);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var lane = provider.Network.SenderOf(senderKey ?? provider.Key);
            var settlement = new ProviderSettlement(provider.Network.Client, provider.Network.Profile, lane);
            var preview = await settlement.PreviewAsync(promise, cancellation);
            report.Say($"Promised {preview.Promised}, settled before {preview.Settled}, can be paid now {preview.Payable}.");
            if (preview.Payable <= parsed.GetValue(fee)) return Nothing(report, preview.Unsettled);
            var signedFee = await SignFeeAsync(provider, lane.Address, parsed.GetValue(fee), host.Time, cancellation);
            var settled = await settlement.SettleAsync(promise, signedFee, cancellation);
            if (settled is null) return Nothing(report, preview.Unsettled);
            report.Json(new { settled.Paid, settled.Fee, settled.Received, settled.Settled, settled.Beneficiary, Transaction = settled.TransactionHash });
            report.Say($"{settled.Beneficiary.ToChecksumString()} received {settled.Received} in transaction {settled.TransactionHash}; fee {settled.Fee}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static int Nothing(Output.Report report, Amount unsettled)
    {
        report.Json(new { Paid = Amount.Zero, Unsettled = unsettled });
        report.Say(unsettled.IsZero ? "Nothing to settle." : $"Nothing that is worth it can be paid now; {unsettled} stay promised.");
        return ExitCode.Success;
    }

    // Cumulative, like a promise: whatever was paid before is part of the total.
    private static async Task<SignedSettlementFee?> SignFeeAsync(
        Accounts.OpenProvider provider, Address transactionMaker, Amount fee, TimeProvider time, CancellationToken cancellation)
    {
        if (fee.IsZero) return null;
        var (network, identity) = (provider.Network, provider.Key.Address);
        var channel = await new ChannelReads(network.Client, network.Profile).ReadProviderAsync(identity, cancellation: cancellation);
        var message = new SettlementFee(
            network.Profile.ProviderChannelOf(identity),
            channel.FeesPaid + fee,
            transactionMaker,
            MinSettled: Amount.Zero,
            (ulong)(time.GetUtcNow() + Validity).ToUnixTimeSeconds());
        return new SignedSettlementFee(message, Curve.Default.Sign(network.Profile.Domain.Digest(message), provider.Key));
    }
}

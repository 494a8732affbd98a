using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
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
        var maker = TransactionMakerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var provider = await options.OpenProviderAsync(parsed, host, cancellation);
            var report = host.Report(parsed.GetValue(json));
            var promise = provider.Account.Settleable;
            if (promise is null) return Nothing(report, Amount.Zero);
            if (maker.IsGiven(parsed))
                return await ThroughMakerAsync(maker.Open(parsed), provider, promise, maker.Limit(parsed), report, cancellation);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var lane = provider.Network.SenderOf(senderKey ?? provider.Key);
            var settlement = new ProviderSettlement(provider.Network.Client, provider.Network.Profile, lane);
            var preview = await settlement.PreviewAsync(promise, cancellation);
            report.Say($"Promised {preview.Promised}, settled before {preview.Settled}, can be paid now {preview.Payable}.");
            if (preview.Payable <= parsed.GetValue(fee)) return Nothing(report, preview.Unsettled);
            var signedFee = await SignFeeAsync(provider, lane.Address, parsed.GetValue(fee), host.Time, cancellation);
            var settled = await settlement.SettleAsync(promise, signedFee, cancellation);
            if (settled is null) return Nothing(report, preview.Unsettled);
            var (beneficiary, transaction) = (settled.Beneficiary, settled.TransactionHash);
            report.Json(new
            {
                settled.Paid,
                settled.Fee,
                settled.Received,
                settled.Settled,
                Beneficiary = beneficiary,
                Transaction = transaction,
            });
            report.Say($"{beneficiary.ToChecksumString()} received {settled.Received} in transaction {transaction}; fee {settled.Fee}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> ThroughMakerAsync(
        TransactionMakerApi maker,
        Accounts.OpenProvider provider,
        SettleablePromise promise,
        Amount limit,
        Output.Report report,
        CancellationToken cancellation)
    {
        using var api = maker;
        var network = provider.Network;
        var reads = new ChannelReads(network.Client, network.Profile);
        var before = await reads.ReadProviderAsync(promise.Provider, cancellation: cancellation);
        if (before.Settled >= promise.Amount) return Nothing(report, Amount.Zero);
        var job = await new TransactionMakerClient(api, network.Client, network.Profile).SettleAsync(
            provider.Key, promise, limit, TransactionMakerOptions.Tell(report), cancellation);
        var after = await reads.ReadProviderAsync(promise.Provider, cancellation: cancellation);
        var (paid, fee) = (after.Settled - before.Settled, after.FeesPaid - before.FeesPaid);
        report.Json(new { Paid = paid, Fee = fee, after.Settled, Transaction = job.TransactionHash });
        report.Say($"Settled {paid} in transaction {job.TransactionHash}; fee {fee}.");
        return ExitCode.Success;
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
        var newest = await network.Client.GetNewestBlockAsync(cancellation);
        var channel = await new ChannelReads(network.Client, network.Profile).ReadProviderAsync(identity, newest, cancellation);
        var message = new SettlementFee(
            network.Profile.ProviderChannelOf(identity),
            channel.FeesPaid + fee,
            transactionMaker,
            MinSettled: Amount.Zero,
            Deadline.After(newest, time, Validity));
        return new SignedSettlementFee(message, Curve.Default.Sign(network.Profile.Domain.Digest(message), provider.Key));
    }
}

using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>identity</c>: registration with an accountant.</summary>
internal static class IdentityCommand
{
    // Long enough to be mined on a busy chain, short enough that a message that was never sent is soon worthless.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("identity", "Identities: consumers and providers.")
    {
        Register(host),
        OpenCommand.Create(host),
    };

    private static Command Register(Host host)
    {
        var command = new Command(
            "register",
            "Register an identity: deploys its consumer channel, which pays the registration fee, the loan and the sender.");
        var key = KeyOptions.AddTo(command, host, "the identity");
        var sender = key.AddAnother(command, "--sender", "whoever sends the transaction and pays its gas [default: the identity]");
        var network = NetworkOptions.AddTo(command);
        var loan = CommonOptions.Amount("--loan", "Providers: tokens to lend to the accountant, guaranteed to the provider.", Amount.Zero);
        var beneficiary = CommonOptions.Address("--beneficiary", "Providers: where settlements go. [default: the identity]");
        var fee = CommonOptions.Amount("--fee", "Tokens that the sender gets for sending.", Amount.Zero);
        var json = CommonOptions.Json();
        foreach (var option in (Option[])[loan, beneficiary, fee, json]) command.Add(option);
        var maker = TransactionMakerOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var identity = key.Open(parsed, host);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var open = await network.OpenAsync(parsed, cancellation);
            if (maker.IsGiven(parsed))
            {
                var wish = (parsed.GetValue(loan), parsed.GetValue(beneficiary), maker.Limit(parsed));
                return await ThroughMakerAsync(maker.Open(parsed), open, identity, wish, host.Report(parsed.GetValue(json)), cancellation);
            }
            using var lane = open.SenderOf(senderKey ?? identity);
            var signed = SignedRegistration.Sign(
                open.Profile,
                identity,
                await Deadline.AfterNowAsync(open.Client, host.Time, Validity, cancellation),
                parsed.GetValue(loan),
                parsed.GetValue(beneficiary),
                parsed.GetValue(fee),
                lane.Address);
            var registered = await RegisterAsync(open, lane, signed, cancellation);
            var report = host.Report(parsed.GetValue(json));
            var transaction = registered.Log.TransactionHash;
            report.Json(new
            {
                registered.Identity,
                registered.Channel,
                registered.Loan,
                registered.RegistrationFee,
                Transaction = transaction,
            });
            report.Say($"Registered {registered.Identity.ToChecksumString()} in transaction {transaction}.");
            report.Say($"Consumer channel {registered.Channel.ToChecksumString()}.");
            report.Say($"Paid {registered.RegistrationFee} for registration, lent {registered.Loan}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> ThroughMakerAsync(
        TransactionMakerApi maker,
        OpenNetwork open,
        PrivateKey identity,
        (Amount Loan, Address? Beneficiary, Amount Limit) wish,
        Report report,
        CancellationToken cancellation)
    {
        using var api = maker;
        await MustBeThereAsync(open, identity.Address, wish.Loan, cancellation);
        var job = await new TransactionMakerClient(api, open.Client, open.Profile).RegisterAsync(
            identity, wish.Limit, wish.Loan, wish.Beneficiary, TransactionMakerOptions.Tell(report), cancellation);
        var channel = open.Profile.ChannelOf(identity.Address);
        report.Json(new { Identity = identity.Address, Channel = channel, wish.Loan, Transaction = job.TransactionHash });
        report.Say($"Registered {identity.Address.ToChecksumString()}; consumer channel {channel.ToChecksumString()}.");
        return ExitCode.Success;
    }

    // The transaction maker's fee comes on top; what it asks is known later, and refused by name where it is not there.
    private static async Task MustBeThereAsync(OpenNetwork open, Address identity, Amount loan, CancellationToken cancellation)
    {
        var channel = open.Profile.ChannelOf(identity);
        var cost = await new RegistryContract(open.Client, open.Profile.Registry)
            .GetRegistrationFeeAsync(BlockReference.Latest, cancellation) + loan;
        var there = await open.Token.GetBalanceAsync(channel, BlockReference.Latest, cancellation);
        if (there > cost || await new Registration(open.Client, open.Profile).IsRegisteredAsync(identity, cancellation)) return;
        throw new CommandFailedException(
            $"Registration takes {cost} units and the transaction maker's fee from {channel.ToChecksumString()}, where {there} are: "
            + $"`accountant channel top-up --identity {identity.ToChecksumString()}`, or any transfer to that address.");
    }

    private static async Task<IdentityRegistered> RegisterAsync(
        OpenNetwork open, TransactionSender lane, SignedRegistration signed, CancellationToken cancellation)
    {
        var (registration, identity) = (new Registration(open.Client, open.Profile), signed.Message.Identity);
        var channel = open.Profile.ChannelOf(identity);
        if (await registration.IsRegisteredAsync(identity, cancellation))
        {
            throw new CommandFailedException(
                $"{identity.ToChecksumString()} is registered already; its channel is {channel.ToChecksumString()}.");
        }
        var cost = await registration.GetCostAsync(signed, cancellation);
        var there = await open.Token.GetBalanceAsync(channel, BlockReference.Latest, cancellation);
        if (there >= cost) return await registration.SendAsync(signed, lane, cancellation);
        throw new CommandFailedException(
            $"Registration takes {cost} units from {channel.ToChecksumString()}, where {there} are: "
            + $"`accountant channel top-up {cost - there} --identity {identity.ToChecksumString()}`.");
    }
}

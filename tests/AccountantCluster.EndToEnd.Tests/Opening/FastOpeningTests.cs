using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Commands;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Opening;

/// <summary>Consumers that pay before their registration is mined (paper §4.7), and one that never meant to.</summary>
public sealed class FastOpeningTests(OpeningNetwork network) : IClassFixture<OpeningNetwork>
{
    private static readonly Amount Tokens = new(1_000_000);
    private static readonly Amount Paid = new(60_000);

    [Fact]
    public async Task What_was_paid_before_the_registration_was_mined_is_collected_after_it()
    {
        using var consumer = new NewConsumer(network);
        await using var provider = await consumer.BeginProviderAsync(1);
        Assert.Equal(OpeningNetwork.Limit, (await network.Api.GetTermsAsync()).OpeningLimit);
        var registration = await consumer.OpenAsync(Tokens);
        Assert.Equal(OpeningNetwork.Limit, consumer.Consumer.Account.Deposited);

        Assert.Equal(PaymentStatus.Accepted, (await consumer.PayAsync(provider, Paid)).Status);
        // What the accountant risks on it, and no more: the SDK does not even sign it.
        var more = await Assert.ThrowsAsync<PaymentRefusedException>(() => consumer.PayAsync(provider, OpeningNetwork.Limit));
        Assert.Equal(PaymentRefusal.DepositTooSmall, more.Reason);
        Assert.False(await consumer.IsRegisteredAsync());
        // A node that dies meanwhile remembers what it granted.
        await network.KillNodeAsync();
        await network.StartNodeAsync();
        await network.HoldsAsync("the node knows of it again", async () =>
            (await network.Api.GetChannelAsync(consumer.Consumer.Party.Key)).Consumer is { } known
            && known.Deposited == OpeningNetwork.Limit && known.Promised == Paid && known.OpeningDeadline == registration.Message.Deadline);

        await consumer.SendAsync(registration);
        var deposit = Tokens - DemoScale.RegistrationFee;
        await network.HoldsAsync("the deposit takes over", async () =>
            (await consumer.Consumer.Account.OpenAsync(network.Api, consumer.Reads, registration)).Spendable == deposit);
        Assert.Equal(PaymentStatus.Accepted, (await consumer.PayAsync(provider, OpeningNetwork.Limit)).Status);
        Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, "the last R is revealed"));
        await network.HoldsAsync("everything is collected", async () =>
            (await consumer.Reads.ReadConsumerAsync(consumer.Consumer.Party.Identity)).Settled == Paid + OpeningNetwork.Limit);
    }

    [Fact]
    public async Task Who_drains_the_address_takes_at_most_the_limit_and_is_heard_of()
    {
        using var thief = new NewConsumer(network);
        await using var provider = await thief.BeginProviderAsync(2);
        await thief.OpenAsync(Tokens);
        Assert.Equal(PaymentStatus.Accepted, (await thief.PayAsync(provider, OpeningNetwork.Limit)).Status);

        // Everything is the fee of somebody of its own.
        using var friend = PrivateKey.Generate();
        await thief.SendAsync(await thief.SignAsync(Tokens - DemoScale.RegistrationFee, friend.Address));
        Assert.Equal(Tokens - DemoScale.RegistrationFee, await network.Chain.Token.GetBalanceAsync(friend.Address, BlockReference.Latest));
        await network.HoldsAsync("the node says what is lost", () => Task.FromResult(network.Node.Process.OutputTail.Contains(
            $"{OpeningNetwork.Limit} units of that are not there", StringComparison.Ordinal)));

        var channel = (await network.Api.GetChannelAsync(thief.Consumer.Party.Key)).Consumer!;
        Assert.Equal((Amount.Zero, OpeningNetwork.Limit), (channel.Deposited, channel.Promised));
        thief.Consumer.Account.SetDeposited(Tokens);
        var refused = await thief.PayAsync(provider, new Amount(1));
        Assert.Equal((PaymentStatus.Refused, RejectionReason.Overspend), (refused.Status, refused.Rejection!.Reason));
        // The accountant's risk is not the provider's: what it was promised is paid.
        await network.HoldsAsync(
            "the last window closes", () => Task.FromResult(provider.Account.Status.Settleable == provider.Account.Status.Owed));
        var report = await new ProviderSettlement(network.Chain.Client, network.Chain.Profile, network.Chain.TransactionMaker)
            .SettleAsync(provider.Account.Settleable!)
            .WithinAsync(network, "the settlement is mined");
        Assert.Equal(provider.Account.Status.Promised, report!.Paid);
    }

    [Fact]
    public async Task The_command_line_opens_and_pays()
    {
        using var consumer = new NewConsumer(network);
        using var shell = new CommandShell(network);
        var key = shell.Add(consumer.Consumer.Party.Key);
        using var provider = PrivateKey.Generate();
        var hashlock = new Preimage(Keccak256.Hash("an R that is never shown"u8)).ToHashlock();
        var invoice = new Invoice(provider.Address, AgreementId.From(1), Paid, hashlock).ToText();
        string[] pay = ["pay", provider.Address.ToChecksumString(), "--at-most", Paid.ToString()];

        var early = await shell.RunAsync("", key, "identity", "open");
        Assert.NotEqual(0, early.ExitCode);
        Assert.Contains("OVERSPEND", early.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await shell.RunAsync(invoice, key, pay)).ExitCode);

        await network.TopUpAsync(consumer.Consumer.Party, Tokens);
        var opened = await shell.JsonAsync(key, "identity", "open", "--wait", "120");
        Assert.Equal(OpeningNetwork.Limit.ToString(), Field(opened, "spendable"));
        var paid = await shell.RunAsync(invoice, key, pay);
        Assert.True(paid.ExitCode == 0, paid.Error);
        Assert.Equal(Paid, SignedPromise.Parse(paid.Output).Amount);
        Assert.False(await consumer.IsRegisteredAsync());
    }

    private static string Field(JsonElement element, string name) => element.GetProperty(name).ToString();
}

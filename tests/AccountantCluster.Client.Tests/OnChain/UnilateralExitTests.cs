using AccountantCluster.Chain;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.OnChain;

/// <summary>Consumers that leave without anybody's consent, on a chain whose clock is moved.</summary>
public sealed class UnilateralExitTests(LocalChain chain) : IClassFixture<LocalChain>, IDisposable
{
    private const ulong Deposit = 1_000;
    private const ulong Forever = 1UL << 40;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);
    private static readonly TimeSpan Lapse = TimeSpan.FromDays(7);
    private static readonly Preimage R = new(Keccak256.Hash("the provider's R"u8));

    private readonly TemporaryFile _files = new();
    private readonly PrivateKey _consumer = PrivateKey.Generate();
    private readonly Address _beneficiary = PrivateKey.Generate().Address;

    public void Dispose()
    {
        _files.Dispose();
        _consumer.Dispose();
    }

    private UnilateralExit Exits => new(chain.Client, chain.Profile);

    [Fact]
    public async Task A_consumer_leaves_with_what_it_has_not_promised_and_nothing_before_the_notice_is_over()
    {
        await RegisterAsync();
        using var account = ConsumerAccount.Open(chain.Profile, _consumer, _files.At("consumer"));
        await TellAsync(account);
        var promise = Pay(account, total: 300);
        Assert.Equal(ExitStage.None, (await Exits.ReadAsync(_consumer.Address)).Stage);
        await NotDueAsync(ExitStage.None, "No exit is requested");

        var requested = await RequestAsync();
        var standing = await Exits.ReadAsync(_consumer.Address);
        Assert.Equal((ExitStage.Notice, _beneficiary), (standing.Stage, requested.Beneficiary));
        Assert.Equal((ulong)Lapse.TotalSeconds, requested.LapsesAt - requested.FinalizableAt);
        await NotDueAsync(ExitStage.Notice, ChainTime.ToText(requested.FinalizableAt));

        // Nothing new is signed, the same once more is, and what was signed is settled meanwhile.
        await TellAsync(account);
        Assert.Equal(PaymentRefusal.ChannelExiting, Assert.Throws<PaymentRefusedException>(() => Pay(account, total: 301)).Reason);
        Assert.Equal(promise, Pay(account, total: 300));
        await chain.Sender.SendAsync(new ConsumerChannelContract(chain.Client, account.Channel)
            .SettlePromise(promise.Amount, promise.Agreement.HashStruct(), R, promise.Signature));

        // To the second: the last one of the notice is too early, the next one is not.
        await chain.Anvil.SetNextBlockTimestampAsync(requested.FinalizableAt - 1);
        await chain.Anvil.MineAsync();
        await NotDueAsync(ExitStage.Notice, ChainTime.ToText(requested.FinalizableAt));
        await chain.Anvil.SetNextBlockTimestampAsync(requested.FinalizableAt);
        await chain.Anvil.MineAsync();
        var paid = await Exits.FinalizeAsync(_consumer.Address, chain.Sender);
        Assert.Equal((_beneficiary, new Amount(Deposit - 300)), (paid.Beneficiary, paid.Paid));
        Assert.Equal(new Amount(Deposit - 300), await chain.BalanceAsync(_beneficiary));

        // The channel works on with what comes next.
        await NotDueAsync(ExitStage.None, "No exit is requested");
        await new Funding(chain.Client, chain.Profile, chain.Sender).TopUpAsync(_consumer.Address, new Amount(50));
        await TellAsync(account);
        Assert.Equal(new Amount(350), account.Deposited);
        Pay(account, total: 350);
    }

    [Fact]
    public async Task An_exit_that_nobody_finalises_lapses_and_takes_a_new_request()
    {
        await RegisterAsync();
        var requested = await RequestAsync();
        await chain.Anvil.SetNextBlockTimestampAsync(requested.LapsesAt);
        await chain.Anvil.MineAsync();
        Assert.Equal(ExitStage.Due, (await Exits.ReadAsync(_consumer.Address)).Stage);
        await chain.Anvil.SetNextBlockTimestampAsync(requested.LapsesAt + 1);
        await chain.Anvil.MineAsync();
        await NotDueAsync(ExitStage.Lapsed, ChainTime.ToText(requested.LapsesAt));

        // The same signature is of no use again.
        var again = await RequestAsync();
        Assert.Equal(requested.Nonce + 1, again.Nonce);
        await chain.Anvil.AdvanceTimeAsync(Notice);
        Assert.Equal(new Amount(Deposit), (await Exits.FinalizeAsync(_consumer.Address, chain.Sender)).Paid);
    }

    [Fact]
    public async Task A_channel_with_nothing_left_has_nothing_to_pay_out()
    {
        await RegisterAsync(deposit: 0);
        await RequestAsync();
        await chain.Anvil.AdvanceTimeAsync(Notice);
        await NotDueAsync(ExitStage.Due, "Nothing is left");
    }

    private async Task RegisterAsync(ulong deposit = Deposit)
    {
        var funding = new Funding(chain.Client, chain.Profile, chain.Sender);
        await funding.TopUpAsync(_consumer.Address, new Amount(deposit + LocalChain.RegistrationFee));
        var registration = SignedRegistration.Sign(chain.Profile, _consumer, Forever);
        await new Registration(chain.Client, chain.Profile).SendAsync(registration, chain.Sender);
    }

    private async Task<ExitRequested> RequestAsync()
    {
        var nonce = (await Exits.ReadAsync(_consumer.Address)).Channel.Nonce;
        return await Exits.RequestAsync(SignedExitRequest.Sign(chain.Profile, _consumer, _beneficiary, nonce, Forever), chain.Sender);
    }

    private async Task NotDueAsync(ExitStage stage, string says)
    {
        var refused = await Assert.ThrowsAsync<ExitNotDueException>(() => Exits.FinalizeAsync(_consumer.Address, chain.Sender));
        Assert.Equal(stage, refused.Standing.Stage);
        Assert.Contains(says, refused.Message);
    }

    private async Task TellAsync(ConsumerAccount account)
    {
        var standing = await Exits.ReadAsync(_consumer.Address);
        account.SetChannel(standing.Channel, standing.Block.Timestamp);
    }

    private static SignedPromise Pay(ConsumerAccount account, ulong total)
    {
        var provider = TestWorld.Provider.Address;
        return account.Pay(new Invoice(provider, AgreementId.From(1), new Amount(total), R.ToHashlock()), provider, new Amount(total));
    }
}

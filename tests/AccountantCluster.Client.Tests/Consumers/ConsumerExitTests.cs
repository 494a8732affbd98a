using AccountantCluster.Chain;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Consumers;

/// <summary>A consumer that leaves with the operator's consent promises nobody what may leave (protocol §6).</summary>
public sealed class ConsumerExitTests : IDisposable
{
    private const ulong Deadline = 5_000;

    private readonly TemporaryFile _file = new();
    private ConsumerAccount _consumer;

    public ConsumerExitTests() => _consumer = Open();

    public void Dispose()
    {
        _consumer.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void What_may_leave_is_promised_to_nobody_after_a_restart_either()
    {
        _consumer.SetDeposited(new Amount(1_000));
        var exit = _consumer.SignExit(Exit(700));
        Assert.True(Curve.Default.TryRecover(TestWorld.Profile.Domain.Digest(exit.Message), exit.Signature, out var signer));
        Assert.Equal(TestWorld.Alice.Address, signer);
        Assert.Equal(PaymentRefusal.DepositTooSmall, Refused(() => Pay(301)));

        _consumer.Dispose();
        _consumer = Open();
        Assert.Equal(exit, _consumer.Exit);
        _consumer.SetDeposited(new Amount(1_000));
        Assert.Equal(PaymentRefusal.DepositTooSmall, Refused(() => Pay(301)));
        Assert.Equal(new Amount(300), Pay(300).Amount);
        // The same one again is the same; another one may not be paid as well.
        Assert.Equal(exit, _consumer.SignExit(Exit(700)));
        Assert.Equal(PaymentRefusal.ExitOutstanding, Refused(() => _consumer.SignExit(Exit(1))));
    }

    [Fact]
    public void What_is_promised_does_not_leave()
    {
        _consumer.SetDeposited(new Amount(1_000));
        Pay(301);
        Assert.Equal(PaymentRefusal.DepositTooSmall, Refused(() => _consumer.SignExit(Exit(700))));
        Assert.Null(_consumer.Exit);
        _consumer.SignExit(Exit(699));
    }

    [Theory]
    [InlineData(0, Deadline, false)]
    [InlineData(0, Deadline + 1, true)]
    [InlineData(1, Deadline - 1, true)]
    public void It_is_held_back_until_the_chain_says_that_it_was_paid_or_never_can_be(ulong nonce, ulong time, bool isOver)
    {
        _consumer.SetDeposited(new Amount(1_000));
        _consumer.SignExit(Exit(700));
        _consumer.SetDeposited(new Amount(1_000), nonce, time);
        Assert.Equal(isOver, _consumer.Exit is null);
        Assert.Equal(isOver ? PaymentRefusal.None : PaymentRefusal.DepositTooSmall, Refused(() => Pay(301)));

        _consumer.Dispose();
        _consumer = Open();
        Assert.Equal(isOver, _consumer.Exit is null);
    }

    [Fact]
    public void What_the_operator_refused_can_be_promised_again()
    {
        _consumer.SetDeposited(new Amount(1_000));
        _consumer.Forget(_consumer.SignExit(Exit(700)));
        Assert.Null(_consumer.Exit);
        Pay(1_000);
    }

    [Theory]
    [InlineData(Deadline - 1, true)]
    [InlineData(Deadline, true)]
    [InlineData(Deadline + 1, false)]
    public void Nothing_new_is_signed_while_an_exit_request_is_open(ulong time, bool isOpen)
    {
        var request = new ExitRequestOnChain(TestWorld.Bob.Address, FinalizableAt: 1_000, LapsesAt: Deadline);
        _consumer.SetChannel(Channel(null), time);
        var signed = Pay(300);
        _consumer.SetChannel(Channel(request), time);

        Assert.Equal(isOpen ? PaymentRefusal.ChannelExiting : PaymentRefusal.None, Refused(() => Pay(301)));
        // What another device promised meanwhile explains the amount, but it is a new one all the same.
        var elsewhere = TestWorld.Promise(TestWorld.Alice, amount: 500, total: 500, TestWorld.Lock(2), agreement: 2);
        var latest = isOpen ? signed : Pay(301);
        var rejection = new Rejection(latest, RejectionReason.PromiseTooLow, new Amount(501), elsewhere);
        Assert.Equal(isOpen ? PaymentRefusal.ChannelExiting : PaymentRefusal.None, Refused(() => _consumer.Resynchronise(rejection)));
        // It is paid, or there is none: payments go on.
        _consumer.SetChannel(Channel(null), time);
        Assert.Equal(PaymentRefusal.None, Refused(() => Pay(302)));
    }

    [Fact]
    public void Before_it_is_registered_nothing_can_be_promised_and_another_channel_says_nothing()
    {
        _consumer.SetChannel(Channel(null) with { IsRegistered = false }, time: 1);
        Assert.Equal(Amount.Zero, _consumer.Deposited);
        Assert.Throws<ArgumentException>(() => _consumer.SetChannel(Channel(null) with { Channel = TestWorld.Bob.Address }, time: 1));
    }

    private static ConsumerChannelOnChain Channel(ExitRequestOnChain? request) =>
        new(TestWorld.Profile.ChannelOf(TestWorld.Alice.Address), IsRegistered: true, new Amount(900), Settled: new Amount(100))
        {
            ExitRequest = request,
        };

    private static ConsentExit Exit(ulong amount) => new(
        ChannelId.OfConsumer(TestWorld.Profile.ChannelOf(TestWorld.Alice.Address)), TestWorld.Bob.Address, new Amount(amount), 0, Deadline);

    private static PaymentRefusal Refused(Func<object> act)
    {
        try
        {
            act();
            return PaymentRefusal.None;
        }
        catch (PaymentRefusedException refused)
        {
            return refused.Reason;
        }
    }

    private ConsumerAccount Open() =>
        ConsumerAccount.Open(TestWorld.Profile, TestWorld.Alice, _file.Path, StoreDurability.ProcessCrash);

    private SignedPromise Pay(ulong total) =>
        _consumer.Pay(TestWorld.Invoice(total), TestWorld.Provider.Address, new Amount(total));
}

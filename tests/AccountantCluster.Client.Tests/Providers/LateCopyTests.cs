using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>
/// A batch was refused, and a copy of it that was held up on its way is accepted and signed for later, in a window that was left behind.
/// </summary>
public sealed class LateCopyTests() : ProviderScene(RefusedLimit)
{
    private const ulong RefusedLimit = 5;

    private static readonly PrivateKey Newcomer = TestWorld.Key("not registered yet");

    [Fact]
    public async Task What_is_signed_under_a_window_that_the_accountant_forgot_is_taken_up_in_mid_session()
    {
        await Provider.StartAsync(Patience);
        var late = await RefuseAsync(amount: 4);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        // Further than one hashlock leads down, and so long ago that no R from then is remembered.
        await PayAsync(Consumer(TestWorld.Bob), times: 20, amount: 600);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Accountant.ForgetPreimages(Provider.Identity);
        AcceptLate(late);

        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 20);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(ProviderProblem.None, Provider.Status.Problem);
        // What came late was earned as well, and all of it can be settled.
        Assert.Equal(Net(12_000 + 4 + 20), Provider.Settleable!.Amount);
        AssertOpens(Provider.Settleable);
        Assert.Equal(new Amount(12_000 + 4 + 20), Accountant.ProviderOf(Provider.Identity).Revealed);
    }

    [Fact]
    public async Task An_abandoned_window_stays_secret_while_too_much_was_refused_under_it()
    {
        var late = await LeaveWindowBehindAsync(refused: 10);
        AcceptLate(late);

        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 20);
        Assert.False(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(ProviderProblem.TooMuchRefused, Provider.Status.Problem);
        Assert.DoesNotContain(late.Promises[0].Hashlock, Accountant.Revealed);
        Assert.Equal(Net(5), Provider.Settleable!.Amount);

        Provider.WriteOff(Newcomer.Address);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal((ProviderProblem.None, Net(5 + 10 + 20)), (Provider.Status.Problem, Provider.Settleable!.Amount));
    }

    [Fact]
    public async Task A_forged_latest_promise_opens_nothing()
    {
        var late = await LeaveWindowBehindAsync(refused: 10);
        AcceptLate(late);
        Exchange.BendOpening = session => session with
        {
            Latest = session.Latest with
            {
                Promise = Accountant.Sign(
                    TestWorld.Provider.Address, new Amount(1_000), session.Latest.Promise!.Hashlock, TestWorld.OtherProvider),
            },
        };
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 20);
        Assert.False(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(ProviderProblem.InvalidAccountantPromise, Provider.Status.Problem);
        Assert.DoesNotContain(late.Promises[0].Hashlock, Accountant.Revealed);
    }

    // Bob paid in an earlier window; then a promise alone is refused, and the window is left behind with its R secret.
    private async Task<ExchangeBatch> LeaveWindowBehindAsync(ulong refused)
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 5);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        var before = Provider.Status.OpenWindow;
        var batch = await RefuseAsync(refused);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.NotEqual(before.Instance, Provider.Status.OpenWindow.Instance);
        return batch;
    }

    private async Task<ExchangeBatch> RefuseAsync(ulong amount)
    {
        var agreement = Provider.OpenAgreement(Newcomer.Address);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(amount), Patience);
        var promise = Consumer(Newcomer).Pay(invoice, TestWorld.Provider.Address, new Amount(amount));
        Assert.Equal(PaymentStatus.Refused, (await Provider.ReceiveAsync(promise, Patience)).Status);
        return Exchange.Batches.Last(batch => batch.Promises.Contains(promise));
    }

    // By now the newcomer's registration is confirmed.
    private void AcceptLate(ExchangeBatch copy)
    {
        Accountant.Deposit(Newcomer.Address, 1_000);
        var answer = Accountant.Exchange(TestWorld.Provider.Address, copy);
        Assert.Equal(RejectionReason.None, answer.Promises.Single().Reason);
        Assert.NotNull(answer.Promise);
    }

    private static Amount Net(ulong gross) => new(gross - (gross * FeeBasisPoints / 10_000));
}

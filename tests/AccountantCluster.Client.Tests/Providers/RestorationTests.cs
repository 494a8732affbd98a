using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>The accountant's books are restored from an old backup: the provider brings them up to date by itself (protocol §4).</summary>
public sealed class RestorationTests : ProviderScene
{
    private static Amount Net(ulong gross) => new(gross - (gross * FeeBasisPoints / 10_000));

    [Fact]
    public async Task A_provider_that_starts_brings_back_what_was_forgotten_before_anything_else()
    {
        await Provider.StartAsync(Patience);
        var (alice, bob) = (Consumer(TestWorld.Alice), Consumer(TestWorld.Bob));
        await PayAsync(alice, times: 2, amount: 50);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        var restore = Accountant.Backup();
        // More than E in one agreement, several agreements of one consumer, and one that the backup knows nothing of.
        await PayAsync(alice, times: 6, amount: 600);
        await PayAsync(alice, times: 3, amount: 70);
        await PayAsync(bob, times: 3, amount: 30);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await Provider.DisposeAsync();
        var before = Accountant.ProviderOf(Provider.Identity).Promised;
        restore();

        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await EventuallyAsync(() => Accountant.ProviderOf(Provider.Identity).LastSigned?.Promised >= before);
        await PayAsync(alice, times: 2, amount: 600);
        Assert.True(await Provider.CloseSessionAsync(Patience));

        const ulong Gross = 100 + 3_600 + 210 + 90 + 1_200;
        var state = Accountant.ProviderOf(Provider.Identity);
        Assert.Equal((new Amount(Gross), new Amount(Gross), Net(Gross)), (state.Gross, state.Revealed, state.Promised));
        Assert.Equal((Net(Gross), ProviderProblem.None), (Provider.Settleable!.Amount, Provider.Status.Problem));
        Assert.Equal(alice.Promised, Accountant.ConsumerOf(alice.Identity).SettleableAmount);
        Assert.Equal(bob.Promised, Accountant.ConsumerOf(bob.Identity).SettleableAmount);
        var (total, promises, answer, after) = Assert.Single(Exchange.Evidence);
        Assert.Equal((before, 2, 0), (total!.Amount, promises.Count, after));
        Assert.Equal((RejectionReason.None, RejectionReason.None), (answer.Total, answer.Promises[0]));
        Assert.All(Answers, amount => Assert.True(amount >= before, $"{amount} was signed after {before}"));
    }

    [Fact]
    public async Task What_was_accepted_under_a_secret_R_comes_back_without_that_R()
    {
        Options = Options with { WindowDuration = TimeSpan.FromHours(1) };
        await Provider.DisposeAsync();
        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        var (alice, bob) = (Consumer(TestWorld.Alice), Consumer(TestWorld.Bob));
        var restore = Accountant.Backup();
        await PayAsync(alice, times: 1, amount: 200);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await PayAsync(alice, times: 2, amount: 30);
        await PayAsync(bob, times: 2, amount: 20);
        await PayAsync(bob, times: 2, amount: 10);
        var open = Exchange.Batches[^1].Promises[0].Hashlock;
        restore();

        // The next answer shows that the accountant has forgotten.
        await PayAsync(bob, times: 1, amount: 5);
        await EventuallyAsync(() => Accountant.ProviderOf(Provider.Identity).Gross == new Amount(325));
        Assert.All(Exchange.Evidence.SelectMany(evidence => evidence.Promises), evidence => Assert.False(evidence.R.Opens(open)));
        Assert.All(Exchange.Evidence, evidence => Assert.False(evidence.Total!.R.Opens(open)));
        Assert.DoesNotContain(open, Exchange.Batches.SelectMany(batch => batch.Reveals ?? []).Select(r => r.ToHashlock()));

        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal((Net(325), ProviderProblem.None), (Provider.Settleable!.Amount, Provider.Status.Problem));
    }

    [Fact]
    public async Task Windows_that_an_earlier_process_left_behind_are_brought_back_too()
    {
        Options = Options with { WindowDuration = TimeSpan.FromHours(1) };
        await Provider.DisposeAsync();
        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        var alice = Consumer(TestWorld.Alice);
        var restore = Accountant.Backup();
        await PayAsync(alice, times: 1, amount: 200);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await PayAsync(alice, times: 2, amount: 30);
        await PayAsync(alice, times: 2, amount: 40);
        await Provider.DisposeAsync();
        restore();

        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await PayAsync(alice, times: 1, amount: 5);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal((Net(345), ProviderProblem.None), (Provider.Settleable!.Amount, Provider.Status.Problem));
        Assert.Equal(new Amount(345), Accountant.ProviderOf(Provider.Identity).Revealed);
    }

    [Fact]
    public async Task A_channel_that_the_accountant_does_not_know_yet_is_brought_again()
    {
        await Provider.StartAsync(Patience);
        var restore = Accountant.Backup();
        var carol = TestWorld.Key("carol");
        Accountant.Deposit(carol.Address, 1_000);
        await PayAsync(Consumer(carol), times: 2, amount: 100);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await Provider.DisposeAsync();
        restore();

        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await EventuallyAsync(() => Exchange.Evidence.Count > 1);
        Assert.All(Exchange.Evidence[0].Answer.Promises, reason => Assert.Equal(RejectionReason.UnknownChannel, reason));
        Accountant.Deposit(carol.Address, 1_000);
        await EventuallyAsync(() => Accountant.ProviderOf(Provider.Identity).Gross == new Amount(200));
    }

    [Fact]
    public async Task An_accountant_that_remembers_everything_is_brought_nothing()
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Alice), times: 3, amount: 50);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        await Provider.DisposeAsync();
        Assert.Empty(Exchange.Evidence);

        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Bob), times: 3, amount: 50);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Empty(Exchange.Evidence);
    }

    private IEnumerable<Amount> Answers => Exchange.Answers.Select(answer => answer.Promise).OfType<Client.Exchange.AccountantPromise>()
        .Select(promise => promise.Amount);
}

using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>One provider and several accountants (protocol §7), over real connections.</summary>
public sealed class ProviderWalletTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFile _files = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly HonestAccountant _one = new(TestWorld.Profile, TestWorld.Operator);
    private readonly HonestAccountant _other = new(TestWorld.OtherProfile, TestWorld.Operator);
    private AccountantServer _oneServer = null!;
    private AccountantServer _otherServer = null!;

    public async Task InitializeAsync()
    {
        _one.Deposit(TestWorld.Alice.Address, 1_000);
        _other.Deposit(TestWorld.Alice.Address, 1_000);
        _oneServer = await AccountantServer.StartAsync(_one);
        _otherServer = await AccountantServer.StartAsync(_other);
    }

    public async Task DisposeAsync()
    {
        await _oneServer.DisposeAsync();
        await _otherServer.DisposeAsync();
    }

    public void Dispose()
    {
        _files.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Channels_promises_chains_and_evidence_are_kept_apart_and_earnings_summed()
    {
        await using var wallet = await OpenAsync(Endpoint(_oneServer, TestWorld.Profile), Endpoint(_otherServer, TestWorld.OtherProfile));
        Assert.Empty(await wallet.StartAsync(_patience.Token));
        var (one, other) = (With(wallet, TestWorld.Profile), With(wallet, TestWorld.OtherProfile));
        var paid = await PayAsync(one, 100);
        await PayAsync(other, 30);

        // What was promised with one accountant is worth nothing with another, and neither knows an R of the other's.
        Assert.Equal(PaymentStatus.InvalidSignature, (await other.ReceiveAsync(paid, _patience.Token)).Status);
        Assert.Empty(_one.Revealed.Intersect(_other.Revealed));
        Assert.NotEmpty(_one.Revealed);
        Assert.Equal((new Amount(100), new Amount(30)), (one.Settleable!.Amount, other.Settleable!.Amount));
        Assert.Equal(new Amount(100), Assert.Single(one.Evidence).Promise.Amount);
        Assert.Equal(new Amount(30), Assert.Single(other.Evidence).Promise.Amount);
        var earned = Assert.Single(wallet.Earnings);
        Assert.Equal(new TokenOnChain(TestWorld.Profile.ChainId, TestWorld.Profile.Token), earned.Key);
        Assert.Equal(
            (new Amount(130), new Amount(130), new Amount(130), Amount.Zero),
            (earned.Value.Gross, earned.Value.Promised, earned.Value.Settleable, earned.Value.Refused));
    }

    [Fact]
    public async Task An_accountant_that_is_away_does_not_stop_the_others_and_is_started_later()
    {
        var port = _otherServer.Endpoint.Port;
        await _otherServer.DisposeAsync();
        await using var wallet = await OpenAsync(Endpoint(_oneServer, TestWorld.Profile), Endpoint(_otherServer, TestWorld.OtherProfile));
        var failure = Assert.Single(await wallet.StartAsync(_patience.Token));
        Assert.Equal(AccountantName.Of(TestWorld.OtherProfile), failure.Key);
        await PayAsync(With(wallet, TestWorld.Profile), 100);

        _otherServer = await AccountantServer.StartAsync(_other, port);
        // A connection that was refused is tried again after a pause.
        while ((await wallet.StartAsync(_patience.Token)).Count > 0) await Task.Delay(20, _patience.Token);
        await PayAsync(With(wallet, TestWorld.OtherProfile), 30);
        Assert.Equal(new Amount(130), Assert.Single(wallet.Earnings).Value.Settleable);
    }

    [Fact]
    public async Task What_proves_the_providers_claims_outlives_the_process_for_each_accountant()
    {
        var endpoints = new[] { Endpoint(_oneServer, TestWorld.Profile), Endpoint(_otherServer, TestWorld.OtherProfile) };
        await using (var wallet = await OpenAsync(endpoints))
        {
            await wallet.StartAsync(_patience.Token);
            await PayAsync(With(wallet, TestWorld.Profile), 100);
            await PayAsync(With(wallet, TestWorld.OtherProfile), 30);
        }
        await using var again = await OpenAsync(endpoints);
        // Not started: no accountant is asked.
        Assert.Equal(new Amount(130), Assert.Single(again.Earnings).Value.Settleable);
        Assert.All(again.Accounts, account => Assert.True(Assert.Single(account.Evidence).R.Opens(account.Evidence[0].Promise.Hashlock)));
    }

    [Fact]
    public async Task An_accountant_has_one_account_only()
    {
        var endpoint = Endpoint(_oneServer, TestWorld.Profile);
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(endpoint, endpoint));
        await using var wallet = await OpenAsync(endpoint);
        await Assert.ThrowsAsync<StoreException>(() => OpenAsync(endpoint));
    }

    private static AccountantEndpoint Endpoint(AccountantServer server, AccountantProfile profile) => new(profile, server.Endpoint);

    private static ProviderAccount With(ProviderWallet wallet, AccountantProfile profile) => wallet.With(AccountantName.Of(profile))!;

    private Task<ProviderWallet> OpenAsync(params AccountantEndpoint[] accountants) => ProviderWallet.OpenAsync(
        TestWorld.Provider, _files.Folder, accountants, _ => new FixedChain(), durability: StoreDurability.ProcessCrash);

    private async Task<SignedPromise> PayAsync(ProviderAccount provider, ulong amount)
    {
        using var alice = ConsumerAccount.Open(
            provider.Profile, TestWorld.Alice, _files.At($"alice-{provider.Profile.Accountant}"), StoreDurability.ProcessCrash);
        alice.SetDeposited(new Amount(1_000));
        var agreement = provider.OpenAgreement(alice.Identity);
        var invoice = await provider.InvoiceAsync(agreement, new Amount(amount), _patience.Token);
        var promise = alice.Pay(invoice, provider.Identity, new Amount(amount));
        Assert.Equal(PaymentStatus.Accepted, (await provider.ReceiveAsync(promise, _patience.Token)).Status);
        Assert.True(await provider.CloseSessionAsync(_patience.Token));
        return promise;
    }
}

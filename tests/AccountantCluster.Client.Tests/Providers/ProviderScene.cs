using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>A whole provider and whole consumers, against the product's own channel rules.</summary>
public abstract class ProviderScene : IAsyncLifetime, IDisposable
{
    private protected const ushort FeeBasisPoints = 250;

    private readonly TemporaryFile _files = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly List<ConsumerAccount> _consumers = [];

    protected ProviderScene(ulong? refusedLimit = null)
    {
        // Short, so that tests need not wait.
        Options = new ProviderOptions
        {
            WindowDuration = TimeSpan.FromMilliseconds(100),
            InvoiceGrace = TimeSpan.Zero,
            PauseAfterFailure = TimeSpan.FromMilliseconds(50),
            MaxQuestions = 1,
            RefusedLimit = refusedLimit is { } limit ? new Amount(limit) : null,
        };
        Accountant.Deposit(TestWorld.Alice.Address, 1_000_000);
        Accountant.Deposit(TestWorld.Bob.Address, 1_000_000);
        (Exchange, Provider) = Open();
    }

    private protected HonestAccountant Accountant { get; } = new(TestWorld.Profile, TestWorld.Operator, FeeBasisPoints);

    private protected FixedChain Chain { get; } = new(FeeBasisPoints);

    private protected InProcessExchange Exchange { get; set; }

    private protected ProviderAccount Provider { get; set; }

    private protected CancellationToken Patience => _patience.Token;

    private protected ProviderOptions Options { get; set; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Provider.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var consumer in _consumers) consumer.Dispose();
        _files.Dispose();
        _patience.Dispose();
    }

    private protected static void AssertOpens(SettleablePromise promise)
    {
        var message = new ProviderPromise(
            TestWorld.Profile.ProviderChannelOf(promise.Provider), promise.Amount, promise.R.ToHashlock());
        Assert.True(Curve.Default.TryRecover(TestWorld.Profile.Domain.Digest(message), promise.Signature, out var signer));
        Assert.Equal(TestWorld.Operator.Address, signer);
    }

    private protected (InProcessExchange, ProviderAccount) Open(string store = "provider")
    {
        var exchange = new InProcessExchange(Accountant, TestWorld.Provider.Address);
        var account = ProviderAccount.Open(
            TestWorld.Profile, TestWorld.Provider, _files.At(store), exchange, Chain, Options, StoreDurability.ProcessCrash);
        return (exchange, account);
    }

    private protected ConsumerAccount Consumer(PrivateKey key, string? store = null)
    {
        var path = _files.At(store ?? key.Address.ToString());
        var consumer = ConsumerAccount.Open(TestWorld.Profile, key, path, StoreDurability.ProcessCrash);
        consumer.SetDeposited(new Amount(1_000_000));
        _consumers.Add(consumer);
        return consumer;
    }

    private protected async Task PayAsync(ConsumerAccount consumer, int times, ulong amount)
    {
        var agreement = Provider.OpenAgreement(consumer.Identity);
        for (var i = 0; i < times; i++)
        {
            var invoice = await Provider.InvoiceAsync(agreement, new Amount(amount), Patience);
            await PayAgainAsync(consumer.Pay(invoice, TestWorld.Provider.Address, new Amount(amount)), consumer, agreement);
        }
    }

    private protected async Task PayAgainAsync(SignedPromise promise, ConsumerAccount consumer, AgreementKey agreement)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var outcome = await Provider.ReceiveAsync(promise, Patience);
            if (outcome.Status == PaymentStatus.Accepted) return;
            promise = outcome.Status == PaymentStatus.Late
                ? consumer.Pay(await Provider.InvoiceAgainAsync(agreement, Patience), TestWorld.Provider.Address, Amount.Zero)
                : consumer.Resynchronise(outcome.Rejection!);
        }
        Assert.Fail("The payment was never accepted.");
    }

    private protected async Task EventuallyAsync(Func<bool> isTrue)
    {
        while (!isTrue()) await Task.Delay(5, Patience);
    }
}

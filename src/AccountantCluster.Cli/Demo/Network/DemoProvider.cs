using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>A provider: its identity from the beginning, its account once there is a node to exchange with.</summary>
internal sealed class DemoProvider : IAsyncDisposable
{
    private readonly AccountantProfile _profile;
    private ProviderAccount? _account;

    public DemoProvider(int number, AccountantProfile profile, PrivateKey? key = null)
    {
        _profile = profile;
        Party = new DemoParty($"provider {number}", profile, key);
        using var beneficiary = PrivateKey.Generate();
        Beneficiary = beneficiary.Address;
    }

    /// <summary>Who it is.</summary>
    public DemoParty Party { get; }

    /// <summary>Where its settlements go.</summary>
    public Address Beneficiary { get; }

    /// <summary>Its account with the accountant.</summary>
    public ProviderAccount Account => _account ?? throw new InvalidOperationException("The provider has not begun.");

    /// <summary>Opens its books and its session.</summary>
    public Task BeginAsync(DemoFolder folder, AccountantApi api, DemoChain chain, CancellationToken cancellation) =>
        BeginAsync(folder, api.OpenStream(Party.Key), chain, cancellation);

    /// <summary>Opens its books, and its session over the given way to the accountant, which is disposed with the account.</summary>
    public async Task BeginAsync(
        DemoFolder folder, IExchangeClient exchange, DemoChain chain, CancellationToken cancellation, ProviderOptions? options = null)
    {
        _account = ProviderAccount.Open(
            _profile,
            Party.Key,
            folder.File($"{Party.Name}.db".Replace(' ', '-')),
            exchange,
            new AccountantOnChain(chain.Client, _profile.Accountant),
            options,
            durability: StoreDurability.ProcessCrash);
        await _account.StartAsync(cancellation);
    }

    /// <summary>Fails where the SDK refuses to go on with this accountant.</summary>
    /// <exception cref="DemoFailedException">It does; the message names the problem.</exception>
    public void MustTrustAccountant()
    {
        var problem = Account.Status.Problem;
        if (problem is not (ProviderProblem.None or ProviderProblem.AccountantUnavailable or ProviderProblem.ChainUnavailable))
            throw new DemoFailedException($"{Party.Name} refuses the accountant: {problem}.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_account is not null) await _account.DisposeAsync();
        Party.Dispose();
    }
}

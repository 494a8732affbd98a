using System.Collections.Concurrent;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// One provider's accounts with any number of accountants (protocol §7): a consumer chooses its accountant, a provider works with all of
/// them. Each account has a connection, a store, channels, promises, chains and evidence of its own, and none waits for another; only
/// earnings are summed. Safe for concurrent use.
/// </summary>
public sealed class ProviderWallet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AccountantName, ProviderAccount> _accounts = new();
    private readonly ConcurrentBag<AccountantApi> _connections = [];

    /// <summary>All accounts.</summary>
    public IReadOnlyCollection<ProviderAccount> Accounts => [.. _accounts.Values];

    /// <summary>What all accountants together accepted, promised and let settle, per token.</summary>
    public IReadOnlyDictionary<TokenOnChain, ProviderEarnings> Earnings => _accounts.Values
        .GroupBy(account => new TokenOnChain(account.Profile.ChainId, account.Profile.Token))
        .ToDictionary(
            group => group.Key, group => group.Aggregate(default(ProviderEarnings), (sum, account) => sum.Add(account.Status)));

    /// <summary>Opens a provider's books with every accountant that it works with; nothing is said to any of them yet.</summary>
    /// <param name="key">The provider's key; the caller keeps and disposes it.</param>
    /// <param name="folder">Holds one store per accountant; it must exist.</param>
    /// <param name="accountants">Who they are and where.</param>
    /// <param name="onChain">What the chain says of each.</param>
    /// <param name="options">The provider's choices.</param>
    /// <param name="durability">What the stores survive.</param>
    /// <exception cref="ArgumentException">One accountant is named twice.</exception>
    /// <exception cref="StoreException">A store is in use, or somebody else's.</exception>
    public static async Task<ProviderWallet> OpenAsync(
        PrivateKey key,
        string folder,
        IEnumerable<AccountantEndpoint> accountants,
        Func<AccountantProfile, IAccountantOnChain> onChain,
        ProviderOptions? options = null,
        StoreDurability durability = StoreDurability.PowerLoss)
    {
        var wallet = new ProviderWallet();
        try
        {
            foreach (var accountant in accountants)
            {
                if (wallet.With(accountant.Name) is not null)
                    throw new ArgumentException($"{accountant.Name} is named twice.", nameof(accountants));
                var trust = new ExchangeClientOptions { CertificateAuthorityFile = accountant.CertificateAuthorityFile };
                var api = new AccountantApi(accountant.Endpoint, accountant.Profile, trust);
                wallet._connections.Add(api);
                var path = Path.Combine(folder, StoreName(key.Address, accountant.Name));
                wallet.Add(ProviderAccount.Open(
                    accountant.Profile, key, path, api.OpenStream(key), onChain(accountant.Profile), options, durability));
            }
            return wallet;
        }
        catch
        {
            await wallet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds an account, which is disposed with the wallet.</summary>
    /// <exception cref="ArgumentException">There is one with the same accountant.</exception>
    public void Add(ProviderAccount account)
    {
        if (!_accounts.TryAdd(AccountantName.Of(account.Profile), account))
            throw new ArgumentException("The wallet has an account with that accountant.", nameof(account));
    }

    /// <summary>The account with an accountant; null where there is none.</summary>
    public ProviderAccount? With(AccountantName accountant) => _accounts.GetValueOrDefault(accountant);

    /// <summary>Starts every account that is not started, all at once.</summary>
    /// <returns>Those that could not be: they can be started again, and the others work meanwhile.</returns>
    public async Task<IReadOnlyDictionary<AccountantName, AccountantUnavailableException>> StartAsync(
        CancellationToken cancellation = default)
    {
        var failures = new ConcurrentDictionary<AccountantName, AccountantUnavailableException>();
        await Task.WhenAll(_accounts.Where(pair => !pair.Value.IsStarted).Select(async pair =>
        {
            try
            {
                await pair.Value.StartAsync(cancellation);
            }
            catch (AccountantUnavailableException failure)
            {
                failures[pair.Key] = failure;
            }
        }));
        return failures;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var account in _accounts.Values) await account.DisposeAsync();
        _accounts.Clear();
        while (_connections.TryTake(out var connection)) connection.Dispose();
    }

    private static string StoreName(Address provider, AccountantName accountant) =>
        $"provider-{provider}-{accountant.ChainId}-{accountant.Accountant}.db";
}

using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// One provider's accounts with any number of accountants (protocol §7): a consumer chooses its accountant, a provider works with all of
/// them. Each account has channels, promises, chains and evidence of its own; only earnings are summed. Safe for concurrent use.
/// </summary>
public sealed class ProviderWallet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Address, ProviderAccount> _accounts = new();

    /// <summary>All accounts.</summary>
    public IReadOnlyCollection<ProviderAccount> Accounts => [.. _accounts.Values];

    /// <summary>Adds an account, which is disposed with the wallet.</summary>
    /// <exception cref="ArgumentException">There is one with the same accountant.</exception>
    public void Add(ProviderAccount account)
    {
        if (!_accounts.TryAdd(account.Profile.Accountant, account))
            throw new ArgumentException("The wallet has an account with that accountant.", nameof(account));
    }

    /// <summary>The account with an accountant; null where there is none.</summary>
    public ProviderAccount? With(Address accountant) => _accounts.GetValueOrDefault(accountant);

    /// <summary>What all accountants together accepted, promised and let settle, per token.</summary>
    public IReadOnlyDictionary<Address, ProviderEarnings> Earnings => _accounts.Values
        .GroupBy(account => account.Profile.Token)
        .ToDictionary(
            group => group.Key, group => group.Aggregate(default(ProviderEarnings), (sum, account) => sum.Add(account.Status)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var account in _accounts.Values) await account.DisposeAsync();
        _accounts.Clear();
    }
}

/// <summary>Earnings of several accounts in one token, in token base units.</summary>
/// <param name="Gross">Everything accepted, fees not taken off.</param>
/// <param name="Promised">What accountants promised.</param>
/// <param name="Settleable">What of it can be settled at once.</param>
public readonly record struct ProviderEarnings(Amount Gross, Amount Promised, Amount Settleable)
{
    internal ProviderEarnings Add(ProviderStatus status) =>
        new(Gross + status.Gross, Promised + status.Promised, Settleable + status.Settleable);
}

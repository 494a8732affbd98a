using System.Collections.Concurrent;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Signs with an operator key that this process holds. Remembers the highest total per provider, at about 100 bytes each, in memory only.
/// </summary>
/// <param name="domain">The accountant's contract, which verifies.</param>
/// <param name="key">The operator key; stays the caller's to dispose.</param>
/// <param name="curve">Which implementation signs.</param>
/// <param name="logger">Told of refusals, never of keys.</param>
public sealed class OperatorSigner(AccountantDomain domain, PrivateKey key, ICurve curve, ILogger<OperatorSigner> logger) : IPromiseSigner
{
    private readonly ConcurrentDictionary<Address, Amount> _highest = new();

    /// <inheritdoc/>
    public Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total)
    {
        var highest = _highest.AddOrUpdate(
            provider, static (_, promised) => promised, static (_, known, promised) => Amount.Max(known, promised), total.Promised);
        if (total.Promised < highest)
        {
            logger.LogError("Refused to sign {Total} for {Provider}: {Highest} was signed before.", total.Promised, provider, highest);
            return Task.FromResult<SignedProviderPromise?>(null);
        }

        // Away from the mailbox: a signature takes as long as twenty messages.
        return Task.Run<SignedProviderPromise?>(() =>
        {
            var channel = ChannelId.OfProvider(provider, domain.VerifyingContract);
            var promise = new ProviderPromise(channel, total.Promised, total.Hashlock);
            return new SignedProviderPromise(promise, curve.Sign(domain.Digest(promise), key));
        });
    }

    /// <inheritdoc/>
    public Task<Signature> SignAsync(ConsentExit exit) => Task.Run(() => curve.Sign(domain.Digest(exit), key));
}

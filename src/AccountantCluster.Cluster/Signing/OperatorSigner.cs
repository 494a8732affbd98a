using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Signs with an operator key that this process holds, once its memory of highest totals has each.</summary>
public sealed class OperatorSigner : IPromiseSigner
{
    private readonly AccountantDomain _domain;
    private readonly PrivateKey _key;
    private readonly ICurve _curve;
    private readonly ILogger<OperatorSigner> _logger;
    private readonly IHighestTotals _totals;

    /// <summary>A signer.</summary>
    /// <param name="domain">The accountant's contract, which verifies.</param>
    /// <param name="key">The operator key; stays the caller's to dispose.</param>
    /// <param name="curve">Which implementation signs.</param>
    /// <param name="logger">Told of refusals, never of keys.</param>
    /// <param name="totals">What was signed before; by default only since this process began.</param>
    public OperatorSigner(
        AccountantDomain domain, PrivateKey key, ICurve curve, ILogger<OperatorSigner> logger, IHighestTotals? totals = null) =>
        (_domain, _key, _curve, _logger, _totals) = (domain, key, curve, logger, totals ?? new TransientTotals());

    /// <inheritdoc/>
    public async Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total)
    {
        // Judged before the first wait, so in the order of the calls.
        if (!await _totals.TryRaiseAsync(provider, total.Promised))
        {
            _logger.LogError("Refused to sign {Total} for {Provider}: more was signed before.", total.Promised, provider);
            return null;
        }

        // Away from the mailbox: a signature takes as long as twenty messages.
        return await Task.Run(() =>
        {
            var channel = ChannelId.OfProvider(provider, _domain.VerifyingContract);
            var promise = new ProviderPromise(channel, total.Promised, total.Hashlock);
            return new SignedProviderPromise(promise, _curve.Sign(_domain.Digest(promise), _key));
        });
    }

    /// <inheritdoc/>
    public Task<Signature> SignAsync(ConsentExit exit) => Task.Run(() => _curve.Sign(_domain.Digest(exit), _key));
}

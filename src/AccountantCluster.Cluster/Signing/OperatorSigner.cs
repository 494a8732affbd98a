using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Signs with an operator key that this process holds: what the journal justifies, once the memory of highest totals has it. A provider's
/// totals are judged one after the other, in the order of the calls.
/// </summary>
/// <param name="key">The operator key, whose it is, and what was signed before.</param>
/// <param name="channels">What the journal says.</param>
/// <param name="curve">Which implementation signs.</param>
/// <param name="metrics">Told of refusals.</param>
/// <param name="logger">Told of them too, never of keys.</param>
internal sealed class OperatorSigner(
    SigningKey key, JournalChannels channels, ICurve curve, ClusterMetrics metrics, ILogger<OperatorSigner> logger) : IPromiseSigner
{
    private readonly InTurn<Address> _turns = new();

    /// <inheritdoc/>
    public Task<SignedProviderPromise?> SignAsync(Address provider, SignedTotal total, long number) =>
        _turns.RunAsync(provider, () => SignInTurnAsync(provider, total, number));

    /// <inheritdoc/>
    public async Task<Signature?> SignAsync(Address channel, ExitConsent consent, long number)
    {
        if (await channels.JustifyAsync(channel, consent, number)) return curve.Sign(key.Domain.Digest(consent.For(channel)), key.Key);
        metrics.SignatureRefused(SigningRefusal.Unjustified);
        logger.LogError("Refused to sign {Consent} of {Channel}: event {Number} does not justify it.", consent, channel, number);
        return null;
    }

    private async Task<SignedProviderPromise?> SignInTurnAsync(Address provider, SignedTotal total, long number)
    {
        if (!await channels.JustifyAsync(provider, total, number))
        {
            metrics.SignatureRefused(SigningRefusal.Unjustified);
            logger.LogError("Refused to sign {Total} for {Provider}: event {Number} does not justify it.", total, provider, number);
            return null;
        }
        if (!await key.Totals.TryRaiseAsync(provider, total.Promised))
        {
            metrics.SignatureRefused(SigningRefusal.Lower);
            logger.LogError("Refused to sign {Total} for {Provider}: more was signed before.", total.Promised, provider);
            return null;
        }
        var promise = new ProviderPromise(ChannelId.OfProvider(provider, key.Domain.VerifyingContract), total.Promised, total.Hashlock);
        return new SignedProviderPromise(promise, curve.Sign(key.Domain.Digest(promise), key.Key));
    }
}

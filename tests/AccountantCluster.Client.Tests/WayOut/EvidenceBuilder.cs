using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>Signs what a provider with one chain holds: its own Rs, its consumers' promises and its accountant's.</summary>
internal sealed class EvidenceBuilder(AccountantProfile profile, PrivateKey provider, PrivateKey operatorKey, ulong instance)
{
    private readonly HashChain _chain = ChainVault.Derive(profile, provider, instance);

    public ProviderEvidence Empty => new(profile, provider.Address);

    public Preimage R(uint window) => _chain.R(window);

    public SettleablePromise Total(ulong amount, uint window, PrivateKey? by = null) =>
        new(provider.Address, new Amount(amount), R(window), Sign(amount, window, by));

    public CollectablePromise Row(PrivateKey consumer, ulong amount, uint window) => new(Promise(consumer, amount, window), R(window));

    public SignedPromise Promise(PrivateKey consumer, ulong amount, uint window)
    {
        var message = new ConsumerPromise(
            ChannelId.OfConsumer(profile.ChannelOf(consumer.Address)),
            new Amount(amount),
            R(window).ToHashlock(),
            new Agreement(provider.Address, AgreementId.From(1), new Amount(amount)));
        var signature = Curve.Default.Sign(profile.Domain.Digest(message), consumer);
        return new SignedPromise(consumer.Address, message.Amount, message.Hashlock, message.Agreement, signature);
    }

    public SecretWindow Window(uint window, ulong? held, ulong atStake, params SignedPromise[] promises) =>
        Window(window, held, atStake, operatorKey, promises);

    public SecretWindow Window(uint window, ulong? held, ulong atStake, PrivateKey by, params SignedPromise[] promises)
    {
        var (position, hashlock) = (new ChainPosition(instance, window), R(window).ToHashlock());
        var promise = held is { } amount ? new HeldPromise(new Amount(amount), hashlock, position, Sign(amount, window, by)) : null;
        return new SecretWindow(position, hashlock, promise, promises, new Amount(atStake));
    }

    private Signature Sign(ulong amount, uint window, PrivateKey? by)
    {
        var message = new ProviderPromise(profile.ProviderChannelOf(provider.Address), new Amount(amount), R(window).ToHashlock());
        return Curve.Default.Sign(profile.Domain.Digest(message), by ?? operatorKey);
    }
}

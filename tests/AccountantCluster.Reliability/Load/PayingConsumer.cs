using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Load;

/// <summary>A consumer with one device that pays many providers. Safe for concurrent use.</summary>
internal sealed class PayingConsumer(DemoParty party, AccountantProfile profile, Amount deposit) : IDisposable
{
    private static readonly AgreementId Agreement = AgreementId.From(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Address, Amount> _totals = [];
    private Amount _promised;

    /// <summary>Its identity.</summary>
    public Address Identity => party.Identity;

    /// <summary>Its channel.</summary>
    public Address Channel => party.Channel;

    /// <summary>What it has, in token base units.</summary>
    public Amount Deposit => deposit;

    /// <summary>Pays so much more to a provider.</summary>
    public SignedPromise Pay(Address provider, Hashlock hashlock, Amount payment)
    {
        lock (_lock)
        {
            var total = _totals[provider] = _totals.GetValueOrDefault(provider) + payment;
            _promised += payment;
            return Sign(provider, hashlock, total, _promised);
        }
    }

    /// <summary>Signs whatever it is asked to, also what it cannot pay.</summary>
    public SignedPromise Sign(Address provider, Hashlock hashlock, Amount total, Amount amount)
    {
        var agreement = new Agreement(provider, Agreement, total);
        var message = new ConsumerPromise(ChannelId.OfConsumer(Channel), amount, hashlock, agreement);
        return new SignedPromise(Identity, amount, hashlock, agreement, Curve.Default.Sign(profile.Domain.Digest(message), party.Key));
    }

    /// <inheritdoc/>
    public void Dispose() => party.Dispose();
}

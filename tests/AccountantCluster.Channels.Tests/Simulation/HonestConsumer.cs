using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>A consumer on one device: its amounts are the sum of all it agreed to, whoever is paid.</summary>
internal sealed class HonestConsumer(JournaledConsumerChannel channel, UInt128 deposited)
{
    private readonly Dictionary<(Address, ulong), UInt128> _agreed = [];
    private UInt128 _amount;

    public Address Channel => channel.Address;

    /// <summary>Pays an invoice; null where the deposit does not reach.</summary>
    public VerifiedPromise? Pay(Address provider, ulong agreement, UInt128 total, Hashlock hashlock)
    {
        var agreed = _agreed.GetValueOrDefault((provider, agreement));
        var amount = _amount + (total > agreed ? total - agreed : 0);
        if (amount > deposited) return null;
        _amount = amount;
        _agreed[(provider, agreement)] = UInt128.Max(total, agreed);
        return Given.Promise(amount, hashlock, provider, total, agreement, Channel);
    }
}

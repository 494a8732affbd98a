using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// A consumer on one device: its amounts are the sum of all it agreed to, whoever is paid. If it cheats, it signs any amount for what it agrees to.
/// </summary>
internal sealed class SimulatedConsumer(JournaledConsumerChannel channel, uint deposited, Tape? cheating = null)
{
    private readonly Dictionary<(Address, ulong), UInt128> _agreed = [];
    private UInt128 _amount;

    public Address Channel => channel.Address;

    /// <summary>The highest total signed for an agreement.</summary>
    public UInt128 Agreed(Address provider, ulong agreement) => _agreed.GetValueOrDefault((provider, agreement));

    /// <summary>Pays an invoice; null where the deposit does not reach.</summary>
    public VerifiedPromise? Pay(Address provider, ulong agreement, UInt128 total, Hashlock hashlock)
    {
        var agreed = Agreed(provider, agreement);
        var amount = _amount + (total > agreed ? total - agreed : 0);
        if (cheating is not null) amount = (uint)cheating.Next((int)deposited + 20) + 1;
        else if (amount > deposited) return null;
        else _amount = amount;
        _agreed[(provider, agreement)] = UInt128.Max(total, agreed);
        return Given.Promise(amount, hashlock, provider, total, agreement, Channel);
    }
}

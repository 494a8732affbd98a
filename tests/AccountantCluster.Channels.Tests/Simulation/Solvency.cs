using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// The central property: whichever of the totals it ever signed are settled on chain, which is where their Rs become public, the accountant
/// can collect at least as much from consumers.
/// </summary>
internal static class Solvency
{
    /// <summary>Each provider settles one of its totals, or none: what is paid, and what can be collected then.</summary>
    /// <param name="accountant">Everything as it stands.</param>
    /// <param name="openingR">The R of a hashlock that was signed under; null where nobody has it.</param>
    /// <param name="choose">One of so many totals; the number itself for none.</param>
    public static (UInt128 Paid, UInt128 Collectable, UInt128 CollectableBefore) After(
        SimulatedAccountant accountant, Func<Hashlock, Preimage?> openingR, Func<int, int> choose)
    {
        var consumers = accountant.Consumers.ToDictionary(consumer => consumer.Address, consumer => consumer.State);
        var providers = new List<ProviderChannelState>();
        foreach (var provider in accountant.Providers) providers.Add(provider.State);
        TellConsumers(providers, consumers);
        var before = Collectable(consumers.Values);

        var paid = UInt128.Zero;
        providers.Clear();
        foreach (var provider in accountant.Providers)
        {
            // Of the totals under one hashlock the latest is the highest.
            var settleable = provider.Signed.GroupBy(total => total.Hashlock).Select(group => group.Last())
                .Where(total => openingR(total.Hashlock) is not null).ToList();
            var choice = choose(settleable.Count);
            if (choice >= settleable.Count)
            {
                providers.Add(provider.State);
                continue;
            }
            paid += settleable[choice].Gross.Units;
            var prepared = ProviderChannel.DecidePrepare(provider.State, [openingR(settleable[choice].Hashlock)!.Value], []);
            providers.Add(prepared.Events.Aggregate(provider.State, ProviderChannel.Apply));
        }
        TellConsumers(providers, consumers);
        return (paid, Collectable(consumers.Values), before);
    }

    private static void TellConsumers(IEnumerable<ProviderChannelState> providers, Dictionary<Address, ConsumerChannelState> consumers)
    {
        foreach (var pending in providers.SelectMany(provider => provider.PendingReveals.Values))
            foreach (var channel in pending.Channels)
                consumers[channel] = ConsumerChannel.DecideReveal(consumers[channel], pending.R)
                    .Aggregate(consumers[channel], ConsumerChannel.Apply);
    }

    private static UInt128 Collectable(IEnumerable<ConsumerChannelState> consumers) => consumers.Aggregate(
        UInt128.Zero, (sum, state) => sum + Amount.Min(state.SettleableAmount, state.Facts.Deposited).Units);
}

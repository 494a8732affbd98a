using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Contracts.Tests.Differential.Steps;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>
/// Chooses what happens next, looking at the model so that most actions have something to do, at amounts and times where rules change. Some
/// are wrong on purpose: signed by the wrong person, too late, with another nonce, sent by whoever may not.
/// </summary>
internal sealed partial class StepGenerator
{
    private const int Wrongness = 20;

    private readonly World _world;
    private readonly Dice _dice;
    private readonly IReadOnlyList<Func<Step>> _choices;
    private Func<Step>? _due;

    public StepGenerator(World world, Dice dice)
    {
        (_world, _dice) = (world, dice);
        _choices =
        [
            .. Often(Deposit, 5), .. Often(Gift, 3), .. Often(RegisterIdentity, 5), .. Often(SettleConsumers, 3), .. Often(Collect, 4),
            .. Often(RequestExit, 4), FinalizeExit, .. Often(ConsentExit, 2),
            .. Often(Settle, 8), .. Often(SettleMany, 4), .. Often(PayProviders, 4), Rebalance, RebalanceMany, .. Often(Recover, 5),
            .. Often(IncreaseLoan, 3), .. Often(ReturnLoan, 3), .. Often(SetBeneficiary, 2),
            .. Often(LockFunds, 4), .. Often(RequestRelease, 5), FinalizeRelease,
            .. Often(RequestWithdrawal, 3), Withdraw, PauseNewLoans, Close, ReturnStake, SetFee, AddOperator, RevokeOperator,
            TransferOwnership, AcceptOwnership, RegisterAccountant,
        ];
    }

    /// <summary>When the next action happens: mostly soon, sometimes days later, sometimes at the very second at which a rule changes.</summary>
    public ulong NextTime()
    {
        _due = null;
        var soon = _world.Now + 1 + (ulong)_dice.Roll(100);
        if (_dice.OnceIn(20)) return soon + (ulong)_dice.Roll(12) * World.Day;
        if (!_dice.OnceIn(4)) return soon;
        var edges = Edges().Where(edge => edge.Time > _world.Now + 1).ToArray();
        if (edges.Length == 0) return soon;
        var (time, due) = _dice.Pick(edges);
        _due = due;
        return time - 1 + (ulong)_dice.Roll(3);
    }

    /// <summary>What happens at the model's time.</summary>
    public Step NextStep() => _due is not null && !_dice.OnceIn(6) ? _due() : _dice.Pick(_choices)();

    private static IEnumerable<Func<Step>> Often(Func<Step> choice, int weight) => Enumerable.Repeat(choice, weight);

    // Every second at which something begins or ceases to be allowed, with what it is about.
    private IEnumerable<(ulong Time, Func<Step> Due)> Edges()
    {
        foreach (var consumer in _world.Setup.Consumers)
        {
            if (_world.Consumer(consumer).Exit is not { } exit) continue;
            foreach (var edge in EdgesOf(exit.RequestedAt, () => new FinalizeExitStep(Someone(), consumer))) yield return edge;
        }
        foreach (var provider in _world.Setup.Providers)
        {
            if (_world.Provider(provider).Release is not { } release) continue;
            foreach (var edge in EdgesOf(release.RequestedAt, () => new FinalizeReleaseStep(AnOperator(), provider))) yield return edge;
        }
        if (_world.Withdrawal is { } withdrawal)
            foreach (var edge in EdgesOf(withdrawal.RequestedAt, Withdraw)) yield return edge;
        if (_world.ClosingSince is { } since) yield return (since + World.Notice, ReturnStake);
        yield return (_world.Fee.EffectiveFrom, SetFee);
        foreach (var key in _world.Setup.Operators)
        {
            if (_world.ValidityOf(key) is not { } validity) continue;
            yield return (validity.From, () => SettleSignedBy(key));
            if (validity.Until != ulong.MaxValue) yield return (validity.Until, () => SettleSignedBy(key));
        }
    }

    // The last second is included: the rule changes after it.
    private static IEnumerable<(ulong Time, Func<Step> Due)> EdgesOf(ulong requestedAt, Func<Step> due) =>
        [(requestedAt + World.Notice, due), (requestedAt + World.Notice + World.Lapse + 1, due)];

    private string Someone() => _dice.Pick(_world.Setup.People);

    private string SomeoneOrNobody() => _dice.OnceIn(Wrongness) ? World.Nobody : Someone();

    private string AProvider() => _dice.Pick(_world.Setup.Providers);

    private string AConsumer() => _dice.Pick(_world.Setup.Consumers);

    // Calls of an address without code succeed and do nothing, which is not about the contracts.
    private string ARegisteredConsumer()
    {
        var registered = _world.Setup.Consumers.Where(consumer => _world.Consumer(consumer).IsRegistered).ToArray();
        return registered.Length == 0 ? World.Nobody : _dice.Pick(registered);
    }

    private string Or(string right) => _dice.OnceIn(Wrongness) ? Someone() : right;

    private string TheOwner() => Or(_world.Owner);

    private string AnOperator()
    {
        var valid = _world.Setup.Operators.Where(_world.IsOperator).ToArray();
        return Or(valid.Length == 0 ? _dice.Pick(_world.Setup.Operators) : _dice.Pick(valid));
    }

    private ulong ADeadline() => _dice.Roll(Wrongness) switch
    {
        0 => _world.Now - 1,
        1 => _world.Now,
        _ => _world.Now + World.Day,
    };

    private ulong Nonce(ulong right) => _dice.OnceIn(Wrongness) ? right + 1 : right;
}

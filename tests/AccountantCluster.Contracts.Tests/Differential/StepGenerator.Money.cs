using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Contracts.Tests.Differential.Steps;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>Deposits, promises, payments and recovery.</summary>
internal sealed partial class StepGenerator
{
    private TransferStep Deposit() => new TransferStep(Someone(), World.ChannelOf(AConsumer()), (uint)_dice.Roll(600));

    private TransferStep Gift() => new TransferStep(Someone(), World.Accountant, _dice.Near(800));

    private Step RegisterIdentity()
    {
        var unregistered = _world.Setup.Consumers.Where(consumer => !_world.Consumer(consumer).IsRegistered).ToArray();
        var identity = unregistered.Length == 0 ? AConsumer() : _dice.Pick(unregistered);
        var there = _world.TokensOf(World.ChannelOf(identity));
        if (there < _world.Setup.RegistrationFee) return new TransferStep(Someone(), World.ChannelOf(identity), 400);
        var loan = _dice.OnceIn(2) ? 0 : _dice.Near(there - _world.Setup.RegistrationFee);
        var fee = _dice.OnceIn(2) ? (uint)_dice.Roll(5) : 0;
        var beneficiary = _dice.OnceIn(2) ? Someone() : World.Nobody;
        return new RegisterIdentityStep(Someone(), identity, loan, beneficiary, fee, SomeoneOrNobody(), ADeadline(), Or(identity));
    }

    private Step SettleConsumers()
    {
        var consumer = ARegisteredConsumer();
        return consumer == World.Nobody ? RegisterIdentity() : new SettleConsumersPromiseStep(Someone(), Promise(consumer));
    }

    private CollectStep Collect() => new CollectStep(Someone(), Promises(3));

    private SettlePromiseStep Settle() => new SettlePromiseStep(Someone(), Promise(AProvider(), AnOperator()));

    private SettlePromiseStep SettleSignedBy(string key) => new SettlePromiseStep(Someone(), Promise(AProvider(), key));

    private SettlePromisesStep SettleMany() => new SettlePromisesStep(
        Someone(), [.. Enumerable.Range(0, _dice.Roll(4)).Select(_ => Promise(AProvider(), AnOperator()))]);

    private PayProvidersStep PayProviders() => new PayProvidersStep(AnOperator(), [.. Enumerable.Range(0, _dice.Roll(4)).Select(_ => Total())]);

    private RebalanceStep Rebalance() => new RebalanceStep(Someone(), AProvider());

    private RebalanceManyStep RebalanceMany() =>
        new RebalanceManyStep(Someone(), [.. Enumerable.Range(0, _dice.Roll(4)).Select(_ => AProvider())]);

    private RecoverStep Recover()
    {
        var provider = AProvider();
        var settlement = _dice.OnceIn(4) ? null : Promise(provider, AnOperator());
        return new RecoverStep(Someone(), provider, Promises(3), settlement, _dice.OnceIn(2) ? null : Return(provider));
    }

    private ConsumersPromise[] Promises(int most) => [.. Enumerable.Range(0, _dice.Roll(most + 1)).Select(_ => Promise(AConsumer()))];

    private ConsumersPromise Promise(string consumer)
    {
        var there = _world.TokensOf(World.ChannelOf(consumer));
        return new ConsumersPromise(consumer, _world.Consumer(consumer).Settled + _dice.Near(there), Or(consumer));
    }

    private AccountantsPromise Promise(string provider, string signer) =>
        new(provider, Total(provider), signer, _dice.OnceIn(2) ? AFee(provider) : null);

    private (string Provider, UInt128 Total) Total()
    {
        var provider = _dice.OnceIn(Wrongness) ? World.Nobody : AProvider();
        return (provider, provider == World.Nobody ? 1 : Total(provider));
    }

    private UInt128 Total(string provider)
    {
        if (_dice.OnceIn(Wrongness)) return (uint)_dice.Roll(2);
        var channel = _world.Provider(provider);
        return channel.Settled + _dice.Near(_dice.OnceIn(6) ? channel.Balance + _world.Withdrawable : channel.Balance / 2);
    }

    private SignedFee AFee(string provider)
    {
        var channel = _world.Provider(provider);
        return new SignedFee(
            _dice.OnceIn(Wrongness) ? 0 : channel.FeesPaid + (uint)_dice.Roll(30),
            SomeoneOrNobody(),
            _dice.OnceIn(2) ? 0 : channel.Settled + _dice.Near(channel.Balance),
            ADeadline(),
            Or(provider));
    }

    private SignedReturn Return(string provider)
    {
        var channel = _world.Provider(provider);
        return new SignedReturn(channel.Returned + _dice.Near(channel.Loan), ADeadline(), Or(provider));
    }
}

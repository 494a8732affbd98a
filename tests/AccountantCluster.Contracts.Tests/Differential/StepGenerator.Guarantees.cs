using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Contracts.Tests.Differential.Steps;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>Exits, loans, guarantees and the owner's business.</summary>
internal sealed partial class StepGenerator
{
    private Step RequestExit()
    {
        var consumer = ARegisteredConsumer();
        if (consumer == World.Nobody) return RegisterIdentity();
        var nonce = Nonce(_world.Consumer(consumer).Nonce);
        return new RequestExitStep(Someone(), consumer, SomeoneOrNobody(), nonce, ADeadline(), Or(consumer));
    }

    private Step FinalizeExit()
    {
        var consumer = ARegisteredConsumer();
        return consumer == World.Nobody ? RegisterIdentity() : new FinalizeExitStep(Someone(), consumer);
    }

    private Step ConsentExit()
    {
        var consumer = ARegisteredConsumer();
        if (consumer == World.Nobody) return RegisterIdentity();
        var amount = _dice.Near(_world.TokensOf(World.ChannelOf(consumer)));
        var nonce = Nonce(_world.Consumer(consumer).Nonce);
        return new ConsentExitStep(
            Someone(), consumer, SomeoneOrNobody(), amount, nonce, ADeadline(), Or(consumer), AnOperator());
    }

    private IncreaseLoanStep IncreaseLoan()
    {
        var sender = Someone();
        var amount = _dice.OnceIn(Wrongness) ? _world.TokensOf(sender) + 1 : (uint)_dice.Roll(300);
        return new IncreaseLoanStep(sender, _dice.OnceIn(Wrongness) ? World.Nobody : AProvider(), amount);
    }

    private ReturnLoanStep ReturnLoan()
    {
        var provider = AProvider();
        return new ReturnLoanStep(Someone(), provider, Return(provider));
    }

    private SetBeneficiaryStep SetBeneficiary()
    {
        var provider = AProvider();
        var nonce = Nonce(_world.Provider(provider).Nonce);
        return new SetBeneficiaryStep(Someone(), provider, SomeoneOrNobody(), nonce, ADeadline(), Or(provider));
    }

    private LockFundsStep LockFunds()
    {
        var amount = _dice.OnceIn(2) ? _dice.Near(_world.Withdrawable) : _world.Withdrawable / 3 + 1;
        return new LockFundsStep(AnOperator(), _dice.OnceIn(Wrongness) ? World.Nobody : AProvider(), amount);
    }

    private Step RequestRelease()
    {
        var guaranteed = _world.Setup.Providers.Where(name => _world.Provider(name).Excess > 0).ToArray();
        if (guaranteed.Length == 0) return LockFunds();
        var provider = _dice.Pick(guaranteed);
        return new RequestReleaseStep(AnOperator(), provider, _dice.Near(_world.Provider(provider).Excess));
    }

    private FinalizeReleaseStep FinalizeRelease() => new FinalizeReleaseStep(AnOperator(), AProvider());

    private RequestWithdrawalStep RequestWithdrawal() => new RequestWithdrawalStep(TheOwner(), _dice.Near(_world.Withdrawable));

    private WithdrawStep Withdraw() => new WithdrawStep(TheOwner());

    private PauseNewLoansStep PauseNewLoans() => new PauseNewLoansStep(TheOwner(), _dice.OnceIn(3));

    private CloseStep Close() => new(TheOwner());

    private ReturnStakeStep ReturnStake() => new ReturnStakeStep(TheOwner());

    private SetFeeStep SetFee() => new(TheOwner(), (ushort)(_dice.OnceIn(Wrongness) ? 10_001 : _dice.Roll(400)));

    private AddOperatorStep AddOperator() =>
        new(TheOwner(), _dice.OnceIn(Wrongness) ? World.Nobody : _dice.Pick(_world.Setup.Operators));

    private RevokeOperatorStep RevokeOperator() => new RevokeOperatorStep(TheOwner(), _dice.Pick(_world.Setup.Operators));

    private TransferOwnershipStep TransferOwnership() => new TransferOwnershipStep(
        TheOwner(), _dice.OnceIn(Wrongness) ? World.Nobody : _dice.Pick(_world.Setup.Owners));

    private AcceptOwnershipStep AcceptOwnership() =>
        new(Or(_world.PendingOwner == World.Nobody ? Someone() : _world.PendingOwner));

    private RegisterAccountantStep RegisterAccountant() => new RegisterAccountantStep(
        Someone(),
        SomeoneOrNobody(),
        _dice.OnceIn(2) ? _dice.Near(_world.Setup.MinimumStake) : _world.Setup.MinimumStake,
        (ushort)(_dice.OnceIn(Wrongness) ? 10_001 : 300));
}

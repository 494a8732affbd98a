using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential.Steps;

internal sealed record AddOperatorStep(string Sender, string Key) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.AddOperator(Sender, Key);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.AddOperator(contracts.AddressOf(Key));
}

internal sealed record RevokeOperatorStep(string Sender, string Key) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RevokeOperator(Sender, Key);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.RevokeOperator(contracts.AddressOf(Key));
}

internal sealed record SetFeeStep(string Sender, ushort BasisPoints) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.SetFee(Sender, BasisPoints);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.SetFee(BasisPoints);
}

internal sealed record RequestWithdrawalStep(string Sender, UInt128 Amount) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RequestWithdrawal(Sender, Amount);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.RequestWithdrawal(new Amount(Amount));
}

internal sealed record WithdrawStep(string Sender) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Withdraw(Sender);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.Withdraw();
}

internal sealed record PauseNewLoansStep(string Sender, bool Paused) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.PauseNewLoans(Sender, Paused);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.PauseNewLoans(Paused);
}

internal sealed record CloseStep(string Sender) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Close(Sender);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.Close();
}

internal sealed record ReturnStakeStep(string Sender) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.ReturnStake(Sender);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.ReturnStake();
}

internal sealed record TransferOwnershipStep(string Sender, string NewOwner) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.TransferOwnership(Sender, NewOwner);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.TransferOwnership(contracts.AddressOf(NewOwner));
}

internal sealed record AcceptOwnershipStep(string Sender) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.AcceptOwnership(Sender);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.AcceptOwnership();
}

internal sealed record RegisterAccountantStep(string Sender, string Key, UInt128 Stake, ushort BasisPoints) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RegisterAccountant(Sender, Key, Stake, BasisPoints);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Registry.RegisterAccountant(contracts.AddressOf(Key), new Amount(Stake), BasisPoints);
}

using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential.Steps;

internal sealed record SetBeneficiaryStep(string Sender, string Provider, string Beneficiary, ulong Nonce, ulong Deadline, string Signer)
    : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.SetBeneficiary(Provider, Beneficiary, Nonce, Deadline, Signer);

    public override ContractCall ToCall(ContractsUnderTest contracts)
    {
        var message = new SetBeneficiary(contracts.ProviderChannelId(Provider), contracts.AddressOf(Beneficiary), Nonce, Deadline);
        return contracts.Accountant.SetBeneficiary(contracts.AddressOf(Provider), message, contracts.Sign(message, Signer));
    }
}

internal sealed record IncreaseLoanStep(string Sender, string Provider, UInt128 Amount) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.IncreaseLoan(Sender, Provider, Amount);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.IncreaseLoan(contracts.AddressOf(Provider), new Amount(Amount));
}

internal sealed record ReturnLoanStep(string Sender, string Provider, SignedReturn LoanReturn) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.ReturnLoan(Provider, LoanReturn);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.ReturnLoan(contracts.AddressOf(Provider), contracts.Row(Provider, LoanReturn));
}

internal sealed record LockFundsStep(string Sender, string Provider, UInt128 Amount) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.LockFunds(Sender, Provider, Amount);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.LockFunds(contracts.AddressOf(Provider), new Amount(Amount));
}

internal sealed record RequestReleaseStep(string Sender, string Provider, UInt128 Amount) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RequestRelease(Sender, Provider, Amount);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.RequestRelease(contracts.AddressOf(Provider), new Amount(Amount));
}

internal sealed record FinalizeReleaseStep(string Sender, string Provider) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.FinalizeRelease(Sender, Provider);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.FinalizeRelease(contracts.AddressOf(Provider));
}

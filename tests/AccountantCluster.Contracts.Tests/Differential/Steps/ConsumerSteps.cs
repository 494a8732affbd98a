using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential.Steps;

internal sealed record TransferStep(string Sender, string To, UInt128 Amount) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Transfer(Sender, To, Amount);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Token.Transfer(contracts.AddressOf(To), new Amount(Amount));
}

internal sealed record RegisterIdentityStep(
    string Sender, string Identity, UInt128 Loan, string Beneficiary, UInt128 Fee, string Maker, ulong Deadline, string Signer)
    : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RegisterIdentity(Identity, Loan, Beneficiary, Fee, Maker, Deadline, Signer);

    public override ContractCall ToCall(ContractsUnderTest contracts)
    {
        var message = new RegisterIdentity(
            contracts.AddressOf(Identity),
            contracts.Accountant.Address,
            new Amount(Loan),
            contracts.AddressOf(Beneficiary),
            new Amount(Fee),
            contracts.AddressOf(Maker),
            Deadline);
        return contracts.Registry.RegisterIdentity(message, contracts.Sign(message, Signer, contracts.Registry.Address));
    }
}

internal sealed record SettleConsumersPromiseStep(string Sender, ConsumersPromise Promise) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.SettleConsumersPromise(Promise);

    public override ContractCall ToCall(ContractsUnderTest contracts)
    {
        var promise = contracts.Row(Promise);
        return contracts.ChannelOf(Promise.Consumer)
            .SettlePromise(promise.Amount, promise.AgreementHash, promise.Preimage, promise.Signature);
    }
}

internal sealed record CollectStep(string Sender, IReadOnlyList<ConsumersPromise> Rows) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Collect(Rows);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.Collect([.. Rows.Select(contracts.Row)]);

    public override string ToString() => $"{Sender} collects {string.Join("; ", Rows)}";
}

internal sealed record RequestExitStep(string Sender, string Consumer, string Beneficiary, ulong Nonce, ulong Deadline, string Signer)
    : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.RequestExit(Consumer, Beneficiary, Nonce, Deadline, Signer);

    public override ContractCall ToCall(ContractsUnderTest contracts)
    {
        var message = new RequestExit(contracts.ConsumerChannelId(Consumer), contracts.AddressOf(Beneficiary), Nonce, Deadline);
        return contracts.ChannelOf(Consumer).RequestExit(message, contracts.Sign(message, Signer));
    }
}

internal sealed record FinalizeExitStep(string Sender, string Consumer) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.FinalizeExit(Consumer);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.ChannelOf(Consumer).FinalizeExit();
}

internal sealed record ConsentExitStep(
    string Sender, string Consumer, string Beneficiary, UInt128 Amount, ulong Nonce, ulong Deadline, string Signer, string OperatorSigner)
    : Step(Sender)
{
    public override Verdict ApplyTo(World world) =>
        world.ConsentExit(Consumer, Beneficiary, Amount, Nonce, Deadline, Signer, OperatorSigner);

    public override ContractCall ToCall(ContractsUnderTest contracts)
    {
        var message = new ConsentExit(
            contracts.ConsumerChannelId(Consumer), contracts.AddressOf(Beneficiary), new Amount(Amount), Nonce, Deadline);
        return contracts.ChannelOf(Consumer).ConsentExit(
            message, contracts.Sign(message, Signer), contracts.Sign(message, OperatorSigner));
    }
}

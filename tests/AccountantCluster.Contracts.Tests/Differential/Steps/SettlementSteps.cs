using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential.Steps;

internal sealed record SettlePromiseStep(string Sender, AccountantsPromise Promise) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.SettlePromise(Promise);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.SettlePromise(contracts.Row(Promise));
}

internal sealed record SettlePromisesStep(string Sender, IReadOnlyList<AccountantsPromise> Rows) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.SettlePromises(Rows);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.SettlePromises([.. Rows.Select(contracts.Row)]);

    public override string ToString() => $"{Sender} settles {string.Join("; ", Rows)}";
}

internal sealed record PayProvidersStep(string Sender, IReadOnlyList<(string Provider, UInt128 Total)> Rows) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.PayProviders(Sender, Rows);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.PayProviders(
        [.. Rows.Select(row => new ProviderTotal(contracts.AddressOf(row.Provider), new Amount(row.Total)))]);

    public override string ToString() => $"{Sender} pays {string.Join("; ", Rows)}";
}

internal sealed record RebalanceStep(string Sender, string Provider) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Rebalance([Provider]);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.RebalanceChannel(contracts.AddressOf(Provider));
}

internal sealed record RebalanceManyStep(string Sender, IReadOnlyList<string> Providers) : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Rebalance(Providers);

    public override ContractCall ToCall(ContractsUnderTest contracts) =>
        contracts.Accountant.RebalanceChannels([.. Providers.Select(contracts.AddressOf)]);

    public override string ToString() => $"{Sender} rebalances {string.Join(", ", Providers)}";
}

internal sealed record RecoverStep(
    string Sender, string Provider, IReadOnlyList<ConsumersPromise> Promises, AccountantsPromise? Settlement, SignedReturn? LoanReturn)
    : Step(Sender)
{
    public override Verdict ApplyTo(World world) => world.Recover(Provider, Promises, Settlement, LoanReturn);

    public override ContractCall ToCall(ContractsUnderTest contracts) => contracts.Accountant.Recover(
        contracts.AddressOf(Provider),
        [.. Promises.Select(contracts.Row)],
        Settlement is null ? null : contracts.Row(Settlement),
        LoanReturn is null ? null : contracts.Row(Provider, LoanReturn));

    public override string ToString() => $"{Sender} recovers for {Provider}: {string.Join("; ", Promises)}; {Settlement}; {LoanReturn}";
}

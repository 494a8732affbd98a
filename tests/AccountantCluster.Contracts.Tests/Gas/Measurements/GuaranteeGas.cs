using AccountantCluster.Protocol;
using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What loans and guarantees cost, and settlements that use them because nothing else is there.</summary>
internal static class GuaranteeGas
{
    private const int Batch = 50;

    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        // The stake is the least that is allowed: it refills the first few balances and is used up then.
        var accountant = await network.NewAccountantAsync(Tokens(100), Amount.Zero);
        PrivateKey[] lenders = [.. Enumerable.Range(1, Batch).Select(number => network.Key("lender", number))];
        foreach (var lender in lenders) await network.SendAsync(accountant.IncreaseLoan(lender.Address, Tokens(10)));
        await SettleAsync(lenders[0], 1);
        var refilled = await SettleAsync(lenders[0], 2);
        foreach (var lender in lenders) await SettleAsync(lender, 6);
        var unfilled = await SettleAsync(lenders[^1], 7);
        await network.MintAsync(accountant.Address, Tokens(1_000));
        var rebalanced = await network.GasOfAsync(
            accountant.RebalanceChannels([.. lenders.Select(lender => lender.Address)]));

        var (one, provider) = (lenders[0], lenders[0].Address);
        await network.SendAsync(accountant.IncreaseLoan(provider, Tokens(1)));
        await network.SendAsync(accountant.ReturnLoan(provider, network.LoanReturn(one, accountant, Tokens(1))));
        await network.SendAsync(accountant.LockFunds(provider, Tokens(2)), network.OperatorSender);
        await network.RedirectAsync(accountant, one, network.Maker, nonce: 0);
        var (redirected, increased, returned) = (
            await network.RedirectAsync(accountant, one, network.Owner.Address, nonce: 1),
            await network.GasOfAsync(accountant.IncreaseLoan(provider, Tokens(1))),
            await network.GasOfAsync(accountant.ReturnLoan(provider, network.LoanReturn(one, accountant, Tokens(2)))));
        var (locked, requested) = (
            await network.GasOfAsync(accountant.LockFunds(provider, Tokens(2)), network.OperatorSender),
            await network.GasOfAsync(accountant.RequestRelease(provider, Tokens(1)), network.OperatorSender));
        await network.AdvanceAsync(TimeSpan.FromDays(5));
        var released = await network.GasOfAsync(accountant.FinalizeRelease(provider), network.OperatorSender);
        return
        [
            new("settle, next, out of a balance that is refilled", 1, refilled, Original: "88k"),
            new("settle, next, out of a balance that nothing refills", 1, unfilled, Original: "88k"),
            new("rebalanceChannels, each below its loan", Batch, rebalanced),
            new("rebalanceChannels, none below its loan", Batch, await network.GasOfAsync(
                accountant.RebalanceChannels([.. lenders.Select(lender => lender.Address)]))),
            new("increase a loan", 1, increased),
            new("return a loan, in part", 1, returned),
            new("change the beneficiary", 1, redirected),
            new("lock funds", 1, locked),
            new("request a release", 1, requested),
            new("finalize a release", 1, released),
        ];

        Task<ulong> SettleAsync(PrivateKey lender, int total) => network.GasOfAsync(
            accountant.SettlePromise(network.ProvidersPromise(lender, accountant, Tokens((ulong)total), total)));
    }
}

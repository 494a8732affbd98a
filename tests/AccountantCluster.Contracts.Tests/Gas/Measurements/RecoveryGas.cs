using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What it costs a provider to get everything without the accountant: collect, settle, refill, return the loan.</summary>
internal static class RecoveryGas
{
    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        var accountant = await network.NewAccountantAsync(Tokens(100), Amount.Zero);
        var consumers = await ConsumerGas.RegisterAsync(network, accountant, "customer", 10);
        var provider = network.Key("creditor", 0);
        await network.SendAsync(accountant.IncreaseLoan(provider.Address, Tokens(50)));
        await RecoverAsync(10, round: 1);
        return
        [
            new("recover: 1 consumer's promise, own promise, loan", 1, await RecoverAsync(1, round: 2)),
            new("recover: 10 consumers' promises, own promise, loan", 10, await RecoverAsync(10, round: 3)),
        ];

        // More than what the consumers bring, so that the balance pays too and is refilled.
        async Task<ulong> RecoverAsync(int count, int round)
        {
            var total = Tokens((ulong)round);
            PromiseToCollect[] promises = [.. consumers.Take(count).Select(consumer => network.ConsumersPromise(consumer, accountant, total, round))];
            var own = network.ProvidersPromise(provider, accountant, Tokens((ulong)round * 15), round);
            return await network.GasOfAsync(
                accountant.Recover(provider.Address, promises, own, network.LoanReturn(provider, accountant, total)));
        }
    }
}

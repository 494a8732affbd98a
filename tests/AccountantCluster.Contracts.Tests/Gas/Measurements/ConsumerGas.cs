using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What moving a consumer's money costs.</summary>
internal static class ConsumerGas
{
    private const int Batch = 50;

    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        var accountant = await network.NewAccountantAsync(Tokens(100), Tokens(100));
        var consumers = await RegisterAsync(network, accountant, "consumer", Batch);
        var (one, channel) = (consumers[0], network.Channel(consumers[0], accountant));
        var rows = new List<GasRow>
        {
            new("settle a consumer's promise, first", 1, await SettleAsync(Tokens(1), 1)),
            new("settle a consumer's promise, next", 1, await SettleAsync(Tokens(2), 2), Original: "62–74k"),
        };
        await network.SendAsync(accountant.Collect(Promises(Tokens(3), 3)));
        rows.Add(new("collect", Batch, await network.GasOfAsync(accountant.Collect(Promises(Tokens(4), 4))), Bound: 32_000));

        var consent = new ConsentExit(ChannelId.OfConsumer(channel.Address), network.Maker, Tokens(1), 0, Forever);
        rows.Add(new("consent to an exit", 1, await network.GasOfAsync(channel.ConsentExit(
            consent,
            network.Sign(accountant.Address, consent, one),
            network.Sign(accountant.Address, consent, network.Operator)))));
        var exit = new RequestExit(ChannelId.OfConsumer(channel.Address), network.Maker, 1, Forever);
        rows.Add(new("request an exit", 1, await network.GasOfAsync(channel.RequestExit(exit, network.Sign(accountant.Address, exit, one)))));
        await network.AdvanceAsync(TimeSpan.FromDays(5));
        rows.Add(new("finalize an exit", 1, await network.GasOfAsync(channel.FinalizeExit())));
        return rows;

        Task<ulong> SettleAsync(Amount amount, int r)
        {
            var promise = network.ConsumersPromise(one, accountant, amount, r);
            return network.GasOfAsync(
                channel.SettlePromise(promise.Amount, promise.AgreementHash, promise.Preimage, promise.Signature));
        }

        PromiseToCollect[] Promises(Amount amount, int r) =>
            [.. consumers.Select(consumer => network.ConsumersPromise(consumer, accountant, amount, r))];
    }

    /// <summary>Consumers with a hundred tokens each in their channels.</summary>
    public static async Task<PrivateKey[]> RegisterAsync(GasNetwork network, AccountantContract accountant, string role, int count)
    {
        PrivateKey[] consumers = [.. Enumerable.Range(0, count).Select(number => network.Key(role, number))];
        foreach (var consumer in consumers)
        {
            await network.MintAsync(network.ChannelOf(consumer.Address, accountant), Tokens(101));
            await network.SendAsync(network.Register(consumer, accountant));
        }
        return consumers;
    }
}

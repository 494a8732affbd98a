using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What paying providers costs, one by one and in batches, out of free tokens.</summary>
internal static class SettlementGas
{
    private const int Batch = 200;
    private const ulong Bound = 70_000;
    private const ulong BoundWithFee = 80_000;

    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        var accountant = await network.NewAccountantAsync(Tokens(100), Tokens(100_000));
        var plain = network.Key("provider", 0);
        var redirected = await network.WithBeneficiaryAsync(accountant, network.Key("provider with a beneficiary", 0));
        var lender = await network.WithLoanAsync(accountant, network.Key("lender", 0));
        var rows = new List<GasRow>
        {
            new("settle a provider's promise, first", 1, await SettleAsync(plain, 1), Original: "124k"),
            new("settle a provider's promise, next", 1, await SettleAsync(plain, 2), Bound, "88k"),
        };
        await SettleAsync(plain, 3, Tokens(1));
        rows.Add(new("settle, next, with a fee", 1, await SettleAsync(plain, 4, Tokens(2)), BoundWithFee, "88k"));
        rows.Add(new("settle, next, to a beneficiary", 1, await SettleAsync(redirected, 2), Bound, "88k"));
        rows.Add(new("settle, next, with a loan", 1, await SettleAsync(lender, 2), Bound, "88k"));
        await SettleAsync(lender, 3, Tokens(1));
        rows.Add(new("settle, next, with a loan and a fee", 1, await SettleAsync(lender, 4, Tokens(2)), BoundWithFee, "88k"));

        PrivateKey[] providers = [.. Enumerable.Range(1, Batch).Select(number => network.Key("provider", number))];
        await network.SendAsync(accountant.PayProviders(Totals(Tokens(1))), network.OperatorSender);
        rows.Add(new(
            "settlePromises", Batch, await network.GasOfAsync(accountant.SettlePromises(Promises(Tokens(2)))), Bound: 34_000));
        rows.Add(new(
            "payProviders, the operator's packed payment",
            Batch,
            await network.GasOfAsync(accountant.PayProviders(Totals(Tokens(3))), network.OperatorSender),
            Bound: 20_000));
        return rows;

        Task<ulong> SettleAsync(PrivateKey provider, int round, Amount fee = default) => network.GasOfAsync(
            accountant.SettlePromise(network.ProvidersPromise(provider, accountant, Tokens((ulong)round), round, fee)));

        PromiseToSettle[] Promises(Amount total) =>
            [.. providers.Select(provider => network.ProvidersPromise(provider, accountant, total, 1))];

        ProviderTotal[] Totals(Amount total) => [.. providers.Select(provider => new ProviderTotal(provider.Address, total))];
    }

    private static async Task<PrivateKey> WithBeneficiaryAsync(this GasNetwork network, AccountantContract accountant, PrivateKey provider)
    {
        await network.RedirectAsync(accountant, provider, network.Maker, nonce: 0);
        await network.SendAsync(accountant.SettlePromise(network.ProvidersPromise(provider, accountant, Tokens(1), 1)));
        return provider;
    }

    private static async Task<PrivateKey> WithLoanAsync(this GasNetwork network, AccountantContract accountant, PrivateKey provider)
    {
        await network.SendAsync(accountant.IncreaseLoan(provider.Address, Tokens(10)));
        await network.SendAsync(accountant.SettlePromise(network.ProvidersPromise(provider, accountant, Tokens(1), 1)));
        return provider;
    }

    /// <summary>Sends a provider's settlements elsewhere.</summary>
    public static Task<ulong> RedirectAsync(
        this GasNetwork network, AccountantContract accountant, PrivateKey provider, Address beneficiary, ulong nonce)
    {
        var channelId = ChannelId.OfProvider(provider.Address, accountant.Address);
        var message = new SetBeneficiary(channelId, beneficiary, nonce, Forever);
        var signature = network.Sign(accountant.Address, message, provider);
        return network.GasOfAsync(accountant.SetBeneficiary(provider.Address, message, signature));
    }
}

using AccountantCluster.Protocol;
using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What joining costs.</summary>
internal static class RegistrationGas
{
    private const ulong Bound = 150_000;
    private const string Original = "284–290k";

    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        var accountant = await network.NewAccountantAsync(Tokens(100), Tokens(100));
        var another = await network.GasOfAsync(network.Registry.RegisterAccountant(network.Operator.Address, Tokens(100), 100));
        return
        [
            new("register an accountant", 1, another),
            new("register a consumer", 1, await RegisterAsync(1, Amount.Zero), Bound, Original),
            new("register a consumer, with a transaction maker's fee", 1, await RegisterAsync(2, Amount.Zero, Tokens(1)), Bound, Original),
            new("register a provider with a loan", 1, await RegisterAsync(3, Tokens(5))),
            new("register a provider with a loan, a beneficiary and a fee", 1, await RegisterAsync(4, Tokens(5), Tokens(1), network.Maker)),
        ];

        async Task<ulong> RegisterAsync(int number, Amount loan, Amount fee = default, Address beneficiary = default)
        {
            var identity = network.Key("newcomer", number);
            await network.MintAsync(network.ChannelOf(identity.Address, accountant), Tokens(10));
            return await network.GasOfAsync(network.Register(identity, accountant, loan, beneficiary, fee));
        }
    }
}

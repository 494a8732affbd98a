using static AccountantCluster.Contracts.Tests.Gas.GasNetwork;

namespace AccountantCluster.Contracts.Tests.Gas.Measurements;

/// <summary>What the owner's own business costs.</summary>
internal static class OwnerGas
{
    public static async Task<IReadOnlyList<GasRow>> MeasureAsync(GasNetwork network)
    {
        var accountant = await network.NewAccountantAsync(Tokens(100), Tokens(100));
        var key = network.Key("operator", 0).Address;
        var requested = await network.GasOfAsync(accountant.RequestWithdrawal(Tokens(10)));
        var added = await network.GasOfAsync(accountant.AddOperator(key));
        await network.AdvanceAsync(TimeSpan.FromDays(5));
        return
        [
            new("request a withdrawal", 1, requested),
            new("withdraw", 1, await network.GasOfAsync(accountant.Withdraw())),
            new("add an operator's key", 1, added),
            new("revoke an operator's key", 1, await network.GasOfAsync(accountant.RevokeOperator(key))),
            new("raise the fee", 1, await network.GasOfAsync(accountant.SetFee(200))),
        ];
    }
}

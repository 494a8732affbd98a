using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.WayOut;

/// <summary>
/// An accountant that took payments for three providers, collected nothing, and is gone for good. Of each provider nothing is left but its
/// key and its evidence file.
/// </summary>
public sealed class GoneNetwork : LiveNetwork
{
    private const int Providers = 3;

    internal IReadOnlyList<BereavedProvider> Bereaved { get; private set; } = [];

    private protected override NodeTold Told => new() { MinimumCollected = DemoScale.Deposit };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var bereaved = new List<BereavedProvider>();
        for (var number = 1; number <= Providers; number++) bereaved.Add(await BereavedProvider.BeginAsync(this, number));
        Bereaved = bereaved;
        await KillNodeAsync();
        foreach (var provider in bereaved) await provider.LoseEverythingElseAsync();
    }

    public override async Task DisposeAsync()
    {
        foreach (var provider in Bereaved) provider.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The tokens of an account.</summary>
    internal Task<Protocol.Amount> TokensOfAsync(Protocol.Address account) =>
        Chain.Token.GetBalanceAsync(account, BlockReference.Latest).WithinAsync(this, "the chain answers");
}

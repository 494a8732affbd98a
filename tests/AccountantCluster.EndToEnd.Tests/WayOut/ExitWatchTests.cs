using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.WayOut;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.WayOut;

/// <summary>A provider watches over exits itself, where its accountant does not.</summary>
public sealed class ExitWatchTests(UnableNetwork network) : IClassFixture<UnableNetwork>
{
    private const int Payments = 10;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);

    // Nothing is worth it by itself.
    private static readonly SettlementPolicy Patient =
        new() { MinimumValue = DemoScale.Deposit, BalanceLeftPercent = 0, MaximumAge = null };

    [Fact]
    public async Task A_consumer_that_leaves_in_the_middle_of_its_payments_has_paid_for_all_that_was_promised()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        await using var provider = new DemoProvider(1, network.Chain.Profile);
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        var route = new OwnKeyRoute(network.Chain.Client, network.Chain.Profile, network.Chain.TransactionMaker);
        var options = new ProviderWatchOptions { Policy = Patient, Interval = TimeSpan.FromMilliseconds(500) };
        using var watch = new ProviderWatch(provider.Account, network.Chain.Client, route, options);
        using var watching = new CancellationTokenSource();
        var watched = watch.RunAsync(watching.Token);

        var tally = new PaymentTally();
        var paying = new ServiceSession(consumer, provider, tally).RunAsync(CancellationToken.None, CancellationToken.None);
        await network.HoldsAsync(
            $"{Payments} payments are accepted", () => Task.FromResult(tally.Accepted >= Payments || paying.IsCompleted));
        Assert.Null(watch.State.LastSettlement);

        var channel = await network.RequestExitAsync(consumer);
        // The accountant refuses what comes after it.
        await Assert.ThrowsAsync<DemoFailedException>(() => paying.WithinAsync(network, "the payments end"));
        var reads = new ChannelReads(network.Chain.Client, network.Chain.Profile);
        await network.HoldsAsync("the watch settles all that was promised", async () =>
            (await reads.ReadProviderAsync(provider.Party.Identity)).Settled == provider.Account.Status.Owed);
        await network.HoldsAsync("the watch says so, too", () => Task.FromResult(watch.State.LastSettlement is not null));
        Assert.Equal(SettlementReason.ConsumerLeaves, watch.State.LastSettlement?.Reason);
        await watching.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watched);

        await network.Chain.Anvil.AdvanceTimeAsync(Notice + TimeSpan.FromHours(1)).WithinAsync(network, "the notice is over");
        await network.Chain.Deployer.SendAsync(new ConsumerChannelContract(network.Chain.Client, channel).FinalizeExit())
            .WithinAsync(network, "the exit is finalized");
        var received = await network.Chain.Token.GetBalanceAsync(provider.Beneficiary, BlockReference.Latest);
        Assert.Equal(provider.Account.Status.Promised, received);
        Assert.Equal(DemoScale.Loan, (await reads.ReadProviderAsync(provider.Party.Identity)).Balance);
    }
}

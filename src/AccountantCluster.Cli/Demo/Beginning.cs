using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.Cli.Demo;

/// <summary>What comes before the first payment with one accountant.</summary>
internal static class Beginning
{
    /// <summary>Registers everybody, opens the providers' sessions, and waits until the nodes know of all deposits.</summary>
    public static async Task RunAsync(
        DemoFolder folder, DemoChain chain, DemoParties parties, DemoNodes nodes, TimeProvider time, CancellationToken cancellation)
    {
        await new Enrolment(chain, time).RunAsync(parties, cancellation);
        await Task.WhenAll(parties.Providers.Select((provider, number) =>
            provider.BeginAsync(folder, nodes.Api(number), chain, cancellation)));
        foreach (var consumer in parties.Consumers)
        {
            await Waiting.UntilAsync(
                $"the node sees the deposit of {consumer.Party.Name}",
                async () => (await nodes.Api().GetChannelAsync(consumer.Party.Key, cancellation)).Consumer?.Deposited == consumer.Deposit,
                time,
                cancellation);
        }
    }
}

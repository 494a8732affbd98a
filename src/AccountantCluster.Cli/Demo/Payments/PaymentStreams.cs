using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>All honest sessions at once.</summary>
internal static class PaymentStreams
{
    /// <summary>Pays until <paramref name="stop"/>. The first failure ends all.</summary>
    public static Task RunAsync(DemoParties parties, PaymentTally tally, CancellationToken stop, CancellationToken cancellation) =>
        Together.RunAsync(Sessions(parties, tally).Select<ServiceSession, Func<CancellationToken, Task>>(session => end => session.RunAsync(stop, end)), cancellation);

    private static IEnumerable<ServiceSession> Sessions(DemoParties parties, PaymentTally tally)
    {
        for (var index = 0; index < parties.Honest.Count; index++)
        {
            yield return new ServiceSession(parties.Honest[index], parties.Providers[index % DemoScale.Providers], tally);
            if (index % DemoScale.ConsumersPerSecondSession == 0)
                yield return new ServiceSession(parties.Honest[index], parties.Providers[(index + 1) % DemoScale.Providers], tally);
        }
    }
}

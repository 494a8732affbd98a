using AccountantCluster.Cli.Demo.Network;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>All honest sessions at once.</summary>
internal static class PaymentStreams
{
    /// <summary>Pays until <paramref name="stop"/>. The first failure ends all.</summary>
    public static async Task RunAsync(DemoParties parties, PaymentTally tally, CancellationToken stop, CancellationToken cancellation)
    {
        using var failed = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, failed.Token);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellation, failed.Token);
        Exception? first = null;
        await Task.WhenAll(Sessions(parties, tally).Select(session => Task.Run(async () =>
        {
            try
            {
                await session.RunAsync(end.Token, abort.Token);
            }
            catch (Exception problem)
            {
                if (Interlocked.CompareExchange(ref first, problem, null) is null) await failed.CancelAsync();
            }
        }, CancellationToken.None)));
        cancellation.ThrowIfCancellationRequested();
        if (first is not null) throw new DemoFailedException($"The payments stopped: {first.Message}", first);
    }

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

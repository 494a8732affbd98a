using AccountantCluster.Cli.Demo.Departures;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Reckoning;

namespace AccountantCluster.Cli.Demo;

/// <summary>The end of all payments with one accountant: everything that was promised is collected, paid and refilled.</summary>
internal sealed class Closing(DemoChain chain, DemoParties parties, DemoNodes nodes, Action<string> tell, TimeProvider time)
{
    /// <summary>Waits until everybody has what is due; whoever leaves without consent is gone then, too.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var leaving = new Leaving(chain, time);
        var departure = parties.Departures.SingleOrDefault(one => !one.WithConsent);
        if (departure is not null)
        {
            // Before anything is collected: what is promised has to be settled within the notice.
            await leaving.RequestAsync(departure, cancellation);
            tell($"{departure.Consumer.Party.Name} requested its exit on chain, without consent.");
        }
        foreach (var provider in parties.Providers)
        {
            if (!await provider.Account.CloseSessionAsync(cancellation))
                throw new DemoFailedException($"{provider.Party.Name} keeps its last R: {provider.Account.Status.Problem}.");
        }
        tell("All sessions are closed, the last Rs are revealed.");
        await CollectedAsync(cancellation);
        tell("The node has collected what the consumers promised.");
        await PaidAsync(cancellation);
        tell("The node has paid the providers in batches, and their balances are refilled to their loans.");
        if (departure is not null)
        {
            await leaving.FinalizeAsync(departure, cancellation);
            tell($"4 days of the chain's clock later {departure.Consumer.Party.Name} left with all that it had not promised.");
        }
    }

    private Task CollectedAsync(CancellationToken cancellation)
    {
        var promised = ClientRecords.Read(parties).Consumers;
        return Waiting.UntilAsync("the node collects what consumers promised", async () =>
        {
            nodes.MustRun();
            var snapshot = await ChainSnapshot.ReadAsync(chain, parties, cancellation);
            return snapshot.Consumers.Zip(promised, (channel, amount) => channel.Settled >= amount).All(isCollected => isCollected);
        }, time, cancellation);
    }

    private Task PaidAsync(CancellationToken cancellation)
    {
        var owed = ClientRecords.Read(parties).Providers;
        return Waiting.UntilAsync("the node pays the providers and refills their balances", async () =>
        {
            nodes.MustRun();
            var snapshot = await ChainSnapshot.ReadAsync(chain, parties, cancellation);
            return snapshot.Providers
                .Zip(owed, (channel, own) => channel.Settled >= own.Promised && channel.Balance == channel.Loan)
                .All(isDone => isDone);
        }, time, cancellation);
    }
}

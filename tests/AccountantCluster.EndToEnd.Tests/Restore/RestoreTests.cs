using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Crash;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Restore;

/// <summary>The node's storage is lost, and an old copy of it takes its place: providers bring it up to date by themselves.</summary>
public sealed class RestoreTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private const int PaymentsBeforeTheCopy = 40;
    private const int PaymentsThatTheCopyKnowsNothingOf = 80;
    private const int PaymentsAfterTheRestore = 40;

    [Fact]
    public async Task Whatever_an_old_copy_has_forgotten_comes_back_and_nothing_lower_is_ever_signed()
    {
        var recorder = new Recorder();
        var consumers = await network.AddConsumersAsync(3, DemoScale.Deposit);
        await using var staying = new DemoProvider(1, network.Chain.Profile);
        await using var restarted = new DemoProvider(2, network.Chain.Profile);
        DemoProvider[] providers = [staying, restarted];
        foreach (var provider in providers) await BeginAsync(provider, recorder);

        await PayAsync(consumers, providers, PaymentsBeforeTheCopy);
        await network.StopNodeAsync();
        var copy = network.Folder.Folder("copy");
        Copy(network.Storage, copy);
        await network.StartNodeAsync();
        await PayAsync(consumers, providers, PaymentsThatTheCopyKnowsNothingOf);
        var before = providers.Select(provider => provider.Account.Status).ToArray();

        await network.StopNodeAsync();
        Directory.Delete(network.Storage, recursive: true);
        Copy(copy, network.Folder.Folder("journal"));
        await network.StartNodeAsync();
        await restarted.Account.DisposeAsync();
        await BeginAsync(restarted, recorder);
        await PayAsync(consumers, providers, PaymentsAfterTheRestore);
        foreach (var provider in providers)
            Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, $"{provider.Party.Name} closes its session"));
        await network.KillNodeAsync();

        foreach (var request in recorder.Requests)
        {
            if (request.Answer?.Promise is { } promise)
                Assert.True(promise.Amount >= request.HighestBefore, $"{promise.Amount} was signed after {request.HighestBefore}.");
        }
        var reckoning = new Reckoning(network.Chain.Profile, recorder.Requests, StoredJournal.Read(network.Storage));
        reckoning.NothingIsLostAndNothingCountedTwice();
        reckoning.ProvidersHaveWhatConsumersCredited();
        reckoning.ConsumersOweWhatTheySigned();
        foreach (var (provider, status) in providers.Zip(before))
        {
            var (books, stored) = (provider.Account.Status, reckoning.Of(provider.Party.Identity));
            Assert.True(books.Gross > status.Gross && books.Promised > status.Promised, $"{status} before, {books} after.");
            Assert.True(stored.Proven >= status.Settleable && status.Settleable > Amount.Zero, $"{stored.Proven} was proven of {status}.");
            Assert.Equal((books.Gross, books.Owed, books.Promised), (stored.Gross, books.Promised, stored.Promised));
            Assert.Equal(books.Promised, books.Settleable);
            Assert.Equal(ProviderProblem.None, books.Problem);
        }
        Assert.Equal(
            providers.Aggregate(Amount.Zero, (sum, provider) => sum + provider.Account.Status.Gross),
            consumers.Aggregate(Amount.Zero, (sum, consumer) => sum + consumer.Account.Promised));
    }

    private Task BeginAsync(DemoProvider provider, Recorder recorder)
    {
        var way = new RecordingExchange(provider.Party.Identity, network.Api.OpenStream(provider.Party.Key), recorder);
        return provider.BeginAsync(network.Folder, way, network.Chain, CancellationToken.None)
            .WithinAsync(network, $"{provider.Party.Name} opens its session");
    }

    // Everybody pays everybody, in new sessions, until so many payments are accepted.
    private async Task PayAsync(IReadOnlyList<DemoConsumer> consumers, DemoProvider[] providers, int payments)
    {
        var tally = new PaymentTally();
        using var stop = new CancellationTokenSource();
        var sessions = providers.SelectMany(provider => consumers.Select(consumer => new ServiceSession(consumer, provider, tally)));
        var paying = Task.WhenAll(sessions.Select(session => Task.Run(() => session.RunAsync(stop.Token, CancellationToken.None))));
        await network.HoldsAsync(
            $"{payments} payments are accepted", () => Task.FromResult(tally.Accepted >= payments || paying.IsFaulted));
        await stop.CancelAsync();
        await paying.WithinAsync(network, "payments that have begun are accepted");
        Assert.Empty(tally.Rejected);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

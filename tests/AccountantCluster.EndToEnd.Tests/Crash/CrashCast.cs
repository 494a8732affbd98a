using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.EndToEnd.Tests.Exchange;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;

namespace AccountantCluster.EndToEnd.Tests.Crash;

/// <summary>Those who pay and are paid while the node is killed: providers with the SDK, and others without it.</summary>
internal sealed class CrashCast : IAsyncDisposable
{
    private const int Consumers = 6;
    private const int Providers = 2;
    private const int RawProviders = 2;

    // Of the consumers of an SDK provider; the others of its promises go to the other one, so that they arrive out of order.
    private const int SessionsPerProvider = 4;

    private CrashCast(LiveNetwork network, IReadOnlyList<DemoConsumer> consumers, Recorder recorder, Dice dice)
    {
        Paying = consumers;
        Paid = [.. Enumerable.Range(1, Providers).Select(number => new DemoProvider(number, network.Chain.Profile))];
        RawPaid = [.. Enumerable.Range(1, RawProviders)
            .Select(number => new RawProvider(network, number, consumers, recorder, dice.Split()))];
    }

    public IReadOnlyList<DemoConsumer> Paying { get; }

    public IReadOnlyList<DemoProvider> Paid { get; }

    public IReadOnlyList<RawProvider> RawPaid { get; }

    public static async Task<CrashCast> BeginAsync(LiveNetwork network, Recorder recorder, Dice dice)
    {
        var cast = new CrashCast(network, await network.AddConsumersAsync(Consumers, DemoScale.Deposit), recorder, dice);
        foreach (var provider in cast.Paid)
        {
            var way = new RecordingExchange(provider.Party.Identity, network.Api.OpenStream(provider.Party.Key), recorder);
            await provider.BeginAsync(network.Folder, way, network.Chain, CancellationToken.None)
                .WithinAsync(network, $"{provider.Party.Name} opens its session");
        }
        return cast;
    }

    /// <summary>Everybody pays until <paramref name="stop"/>. Whoever fails ends all.</summary>
    public async Task PayAsync(CancellationToken stop)
    {
        using var failed = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, failed.Token);
        var tally = new PaymentTally();
        var sessions = Paid.SelectMany((provider, index) => Enumerable.Range(0, SessionsPerProvider)
            .Select(number => new ServiceSession(Paying[(index + number) % Paying.Count], provider, tally)));
        Func<Task>[] all =
        [
            .. sessions.Select(session => (Func<Task>)(() => session.RunAsync(end.Token, failed.Token))),
            .. RawPaid.Select(provider => (Func<Task>)(() => provider.RunAsync(end.Token, failed.Token))),
        ];
        await Task.WhenAll(all.Select(run => Task.Run(async () =>
        {
            try
            {
                await run();
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        })));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in RawPaid) await provider.DisposeAsync();
        foreach (var provider in Paid) await provider.DisposeAsync();
        foreach (var consumer in Paying) consumer.Dispose();
    }
}

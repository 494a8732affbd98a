using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.WayOut;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.WayOut;

/// <summary>A provider with a loan and two consumers, whose evidence is kept while it is paid.</summary>
internal sealed class BereavedProvider : IDisposable
{
    private const int Payments = 10;

    private readonly LiveNetwork _network;
    private readonly DemoProvider _provider;
    private readonly IReadOnlyList<DemoConsumer> _consumers;
    private readonly CancellationTokenSource _keeping = new();
    private Task _keeper = Task.CompletedTask;

    private BereavedProvider(LiveNetwork network, int number, IReadOnlyList<DemoConsumer> consumers)
    {
        (_network, _consumers) = (network, consumers);
        _provider = new DemoProvider(number, network.Chain.Profile);
        EvidencePath = network.Folder.File($"evidence-{number}.json");
    }

    /// <summary>The file.</summary>
    public string EvidencePath { get; }

    /// <summary>What the accountant promised.</summary>
    public Amount Promised { get; private set; }

    /// <summary>Its key.</summary>
    public PrivateKey Key => _provider.Party.Key;

    /// <summary>Where its money goes.</summary>
    public Address Beneficiary => _provider.Beneficiary;

    /// <summary>Lends, opens, and is paid.</summary>
    public static async Task<BereavedProvider> BeginAsync(LiveNetwork network, int number)
    {
        var begun = new BereavedProvider(network, number, await network.AddConsumersAsync(2, DemoScale.Deposit));
        var provider = begun._provider;
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        begun._keeper = new EvidenceKeeper(provider.Account, begun.EvidencePath, TimeSpan.FromMilliseconds(100))
            .RunAsync(begun._keeping.Token);
        await begun.PayAsync(begun._consumers[0]);
        await network.HoldsAsync("a window closes", () => Task.FromResult(provider.Account.Settleable is not null));
        // What comes last may be under a window that nobody has opened when the accountant is gone.
        await begun.PayAsync(begun._consumers[1]);
        return begun;
    }

    /// <summary>The process ends without a word, and its disk is gone; the file has been copied elsewhere.</summary>
    public async Task LoseEverythingElseAsync()
    {
        Promised = _provider.Account.Status.Promised;
        await _keeping.CancelAsync();
        await _keeper;
        await _provider.Account.DisposeAsync();
        foreach (var store in Directory.EnumerateFiles(Path.GetDirectoryName(EvidencePath)!, "provider-*.db*")) File.Delete(store);
    }

    public void Dispose()
    {
        foreach (var consumer in _consumers) consumer.Dispose();
        _provider.Party.Dispose();
        _keeping.Dispose();
    }

    private async Task PayAsync(DemoConsumer consumer)
    {
        var tally = new PaymentTally();
        using var stop = new CancellationTokenSource();
        var paying = new ServiceSession(consumer, _provider, tally).RunAsync(stop.Token, CancellationToken.None);
        await _network.HoldsAsync(
            $"{Payments} payments are accepted", () => Task.FromResult(tally.Accepted >= Payments || paying.IsCompleted));
        await stop.CancelAsync();
        await paying.WithinAsync(_network, "the payment that has begun is accepted");
    }
}

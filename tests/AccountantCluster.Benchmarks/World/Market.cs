namespace AccountantCluster.Benchmarks.World;

/// <summary>Consumers, dealt out to providers.</summary>
internal sealed class Market
{
    public const int Providers = 8;

    public Market(int channels)
    {
        Payers = [.. Enumerable.Range(0, channels).AsParallel().AsOrdered().Select(number => new Payer(number))];
        Payees = [.. Enumerable.Range(0, Providers).Select(provider =>
            new Payee(provider, [.. Payers.Where((_, number) => number % Providers == provider)]))];
    }

    public IReadOnlyList<Payer> Payers { get; }

    public IReadOnlyList<Payee> Payees { get; }
}

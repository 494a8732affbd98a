using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.World;

/// <summary>A provider with consumers of its own: each window every one of them pays once.</summary>
internal sealed class Payee
{
    private const int FirstKey = 10_000;

    private readonly HashChain _chain;
    private readonly IReadOnlyList<Payer> _payers;
    private uint _window;

    public Payee(int number, IReadOnlyList<Payer> payers)
    {
        (Key, _payers) = (BenchmarkAccountant.Key(FirstKey + number), payers);
        var secret = Key.Address.ToBytes32().ToArray();
        var profile = BenchmarkAccountant.Profile;
        _chain = HashChain.Derive(secret, profile.ChainId, profile.Accountant, Key.Address, instance: 1);
    }

    public PrivateKey Key { get; }

    /// <summary>The next window's batches, signed: signing is the consumers' work and not measured.</summary>
    public Window Next(int batchSize)
    {
        var window = _window++;
        var (hashlock, position) = (_chain.Hashlock(window), _chain.Position(window));
        return new Window(position, [.. _payers.Chunk(batchSize)
            .Select(payers => payers.Select(payer => payer.Pay(Key.Address, hashlock)).ToArray())]);
    }
}

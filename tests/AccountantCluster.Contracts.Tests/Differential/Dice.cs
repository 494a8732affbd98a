namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>Chance that follows from a seed (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="sides"/> − 1.</summary>
    public int Roll(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => Roll(times) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[Roll(from.Count)];

    /// <summary>Mostly close to where rules change, which is at <paramref name="edge"/>.</summary>
    public UInt128 Near(UInt128 edge) => Roll(8) switch
    {
        0 => edge,
        1 => edge + 1,
        2 => edge > 0 ? edge - 1 : 0,
        3 => edge / 2,
        4 => edge + (uint)Roll(200),
        _ => (uint)(1 + Roll(200)),
    };

    private ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9e3779b97f4a7c15;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}

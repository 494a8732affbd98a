namespace AccountantCluster;

/// <summary>Chance that follows from a seed (SplitMix64). Not safe for concurrent use: everybody rolls their own.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="sides"/> − 1.</summary>
    public int Roll(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>Other dice, whose rolls do not depend on how often these are rolled from now on.</summary>
    public Dice Split() => new(Next());

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

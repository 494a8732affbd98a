namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// The choices of a simulation: a list of numbers that the property test draws and, where something fails, cuts short. Behind its end every
/// choice is 0.
/// </summary>
internal sealed class Tape(uint[] choices)
{
    private int _position;

    public bool IsAtEnd => _position >= choices.Length;

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Next(int count) => IsAtEnd ? 0 : (int)(choices[_position++] % (uint)count);

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>True about once in <paramref name="odds"/> times; never behind the end.</summary>
    public bool OneIn(int odds) => !IsAtEnd && Next(odds) == odds - 1;
}

namespace AccountantCluster.Benchmarks;

/// <summary>How much is measured. The whole takes about half an hour on two quiet cores, most of it for the many channels.</summary>
/// <param name="Divisor">1, or more for less.</param>
/// <param name="ManyChannels">Channels of the last row.</param>
internal sealed record Scale(int Divisor, int ManyChannels)
{
    public const int Channels = 1_000;

    public static Scale Whole { get; } = new(1, 100_000);

    public int Operations => 40_000 / Divisor;

    public int Transactions => Math.Max(1_000 / Divisor, 50);

    /// <summary>Windows of every consumer, one promise each; at least one.</summary>
    public int Windows(int windows) => Math.Max(windows / Divisor, 1);
}

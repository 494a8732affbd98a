namespace AccountantCluster.Benchmarks;

/// <summary>How much is measured. The whole takes about ten minutes on two quiet cores.</summary>
/// <param name="Divisor">1, or more for less.</param>
internal sealed record Scale(int Divisor)
{
    public const int Channels = 1_000;

    public int ManyChannels => 100_000 / Divisor;

    public int Operations => 40_000 / Divisor;

    public int Transactions => Math.Max(1_000 / Divisor, 50);

    /// <summary>Windows of every consumer, one promise each; at least one.</summary>
    public int Windows(int windows) => Math.Max(windows / Divisor, 1);
}

using AccountantCluster.Cluster.Exchange;

namespace AccountantCluster.Edge;

/// <summary>What every stream works with.</summary>
internal sealed class StreamServices(
    EdgeOptions options,
    CurrentTerms terms,
    IExchange exchange,
    SessionVerifier sessions,
    StreamGate gate,
    BatchProcessor batches,
    TimeProvider time,
    Drain drain)
{
    public EdgeOptions Options => options;

    public CurrentTerms Terms => terms;

    public IExchange Exchange => exchange;

    public SessionVerifier Sessions => sessions;

    public StreamGate Gate => gate;

    public BatchProcessor Batches => batches;

    public TimeProvider Time => time;

    /// <inheritdoc cref="Drain.Stopping"/>
    public CancellationToken Stopping => drain.Stopping;
}

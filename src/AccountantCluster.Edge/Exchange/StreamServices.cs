using AccountantCluster.Cluster.Exchange;
using Microsoft.Extensions.Hosting;

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
    IHostApplicationLifetime lifetime)
{
    public EdgeOptions Options => options;

    public CurrentTerms Terms => terms;

    public IExchange Exchange => exchange;

    public SessionVerifier Sessions => sessions;

    public StreamGate Gate => gate;

    public BatchProcessor Batches => batches;

    public TimeProvider Time => time;

    /// <summary>Fires when the node begins to stop: streams read nothing more, answer what they have read and end.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;
}

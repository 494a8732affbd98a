using System.Net;
using Grpc.Core;

namespace AccountantCluster.Edge;

/// <summary>A transaction maker's methods: each is counted against its caller's address and handed over to what does the work.</summary>
internal sealed class MakerGrpcService(MakerProcessor processor, MakerGate gate, EdgeLimits limits, TimeProvider time)
    : Wire.TransactionMakerService.TransactionMakerServiceBase
{
    /// <inheritdoc/>
    public override Task<Wire.GetQuoteResponse> GetQuote(Wire.GetQuoteRequest request, ServerCallContext context)
    {
        gate.Call(Caller(context));
        return processor.QuoteAsync(request, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Wire.SubmitJobResponse> SubmitJob(Wire.SubmitJobRequest request, ServerCallContext context)
    {
        gate.Job(Caller(context));
        return processor.SubmitAsync(request, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Wire.GetJobResponse> GetJob(Wire.GetJobRequest request, ServerCallContext context)
    {
        gate.Call(Caller(context));
        return new Wire.GetJobResponse
        {
            Job = await processor.FindAsync(request.Identity, request.ClientId, context.CancellationToken),
        };
    }

    /// <inheritdoc/>
    public override async Task WatchJob(
        Wire.WatchJobRequest request, IServerStreamWriter<Wire.WatchJobResponse> responseStream, ServerCallContext context)
    {
        gate.Call(Caller(context));
        using var place = gate.Watch();
        using var end = new CancellationTokenSource(limits.JobWatch, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.CancellationToken);
        Wire.Job? last = null;
        try
        {
            for (var isFirst = true; ; await Task.Delay(limits.JobWatchInterval, time, either.Token), isFirst = false)
            {
                var job = await processor.FindAsync(request.Identity, request.ClientId, either.Token);
                if (isFirst || !Equals(job, last)) await responseStream.WriteAsync(new Wire.WatchJobResponse { Job = job }, either.Token);
                if (job is null or { State: Wire.JobState.Confirmed or Wire.JobState.Failed }) return;
                last = job;
            }
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Long enough; whoever wants to know more watches again.
        }
    }

    private static IPAddress? Caller(ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress;
}

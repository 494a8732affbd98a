namespace AccountantCluster.Client.Exchange;

/// <summary>A batch that was not answered yet.</summary>
internal sealed class PendingRequest(Wire.Batch batch)
{
    private readonly TaskCompletionSource<Wire.Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ulong Id => batch.RequestId;

    public Wire.Batch Batch => batch;

    public Task<Wire.Answer> Answer => _answer.Task;

    public void Complete(Wire.Answer answer) => _answer.TrySetResult(answer);
}

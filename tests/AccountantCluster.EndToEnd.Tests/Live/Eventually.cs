using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Live;

/// <summary>Waits with an end. What did not happen is named, together with what the node said last.</summary>
internal static class Eventually
{
    // Several rounds of the node on a machine that does much else.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task HoldsAsync(this LiveNetwork network, string what, Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await IsSoAsync(network, what, isSo))
        {
            if (deadline.IsCancellationRequested) Fail(network, what);
            await Task.Delay(Interval);
        }
    }

    // A node that has just started may not know yet: asking again is the answer.
    private static async Task<bool> IsSoAsync(LiveNetwork network, string what, Func<Task<bool>> isSo)
    {
        try
        {
            return await isSo().WithinAsync(network, what);
        }
        catch (AccountantUnavailableException problem) when (problem.Reason == RejectionReason.OutcomeUnknown)
        {
            return false;
        }
    }

    /// <summary>Waits for something that comes to its end by itself.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, LiveNetwork network, string what)
    {
        await ((Task)task).WithinAsync(network, what);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(this Task task, LiveNetwork network, string what)
    {
        try
        {
            await task.WaitAsync(Deadline);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            Fail(network, what);
        }
    }

    private static void Fail(LiveNetwork network, string what) =>
        Assert.Fail($"Not within {Deadline.TotalSeconds} s: {what}. The node, process {network.Node.Id}, said last:\n{network.Node.Process.OutputTail}");
}

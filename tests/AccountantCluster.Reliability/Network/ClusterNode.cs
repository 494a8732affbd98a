using System.Diagnostics;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Reliability.Network;

/// <summary>
/// One node and whoever looks after it, as an orchestrator does: a process that has ended, for whatever reason, is started again at the
/// same addresses.
/// </summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly CancellationTokenSource _end = new();
    private readonly string _configuration;
    private readonly DemoFolder _folder;
    private readonly Action<string> _tell;
    private readonly List<(long At, string Why)> _starts = [];
    private readonly Task _care;
    private TaskCompletionSource<NodeProcess> _running = NewSource();
    private TimeSpan _away;

    /// <summary>Starts the node.</summary>
    public ClusterNode(int number, string configuration, DemoFolder folder, Uri endpoint, Action<string> tell)
    {
        (Number, _configuration, _folder, Endpoint, _tell) = (number, configuration, folder, endpoint, tell);
        _care = Task.Run(CareAsync);
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }

    /// <summary>Where it takes calls, whichever process it is.</summary>
    public Uri Endpoint { get; }

    /// <summary>Its folder, with its log, stays, and is named.</summary>
    public void KeepFolder()
    {
        _folder.Keep();
        _tell($"node {Number}: {_folder.Path}");
    }

    /// <summary>Ends when the node runs.</summary>
    /// <exception cref="TimeoutException">It does not come back.</exception>
    public Task<NodeProcess> RunningAsync()
    {
        lock (_starts) return _running.Task.WaitAsync(Patience);
    }

    /// <summary>Starts since some time, with what ended the process before.</summary>
    public IReadOnlyList<NodeStart> StartsSince(long timestamp)
    {
        lock (_starts)
        {
            return
            [
                .. _starts.Where(start => start.At >= timestamp)
                    .Select(start => new NodeStart(Number, Stopwatch.GetElapsedTime(timestamp, start.At), start.Why)),
            ];
        }
    }

    /// <summary>SIGKILL, when the node runs; another process comes after a while.</summary>
    public async Task KillAsync(TimeSpan away)
    {
        var node = await RunningAsync();
        _away = away;
        node.Process.Kill();
    }

    /// <summary>SIGSTOP, and after a while SIGCONT.</summary>
    public async Task PauseAsync(TimeSpan lasts, CancellationToken cancellation)
    {
        var node = await RunningAsync();
        node.Process.Signal(UnixSignal.Stop);
        try
        {
            await Task.Delay(lasts, cancellation);
        }
        finally
        {
            node.Process.Signal(UnixSignal.Continue);
        }
    }

    /// <summary>Stops the node as an operator does, and waits until the next one takes calls.</summary>
    public async Task RestartAsync()
    {
        var node = await RunningAsync();
        await node.Process.StopAsync(StopGrace);
        // The one that follows, not the one that has just ended.
        while ((await RunningAsync()) == node) await Task.Delay(RestartPause);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _care;
        _folder.Dispose();
        _end.Dispose();
    }

    private async Task CareAsync()
    {
        var why = "the beginning";
        while (!_end.IsCancellationRequested)
        {
            lock (_starts) _starts.Add((Stopwatch.GetTimestamp(), why));
            try
            {
                await using var node = await NodeProcess.StartAsync(_configuration, _folder, program: null, _end.Token);
                _tell($"node {Number} runs, process {node.Id}, after {why}");
                _running.SetResult(node);
                while (!node.Process.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(100), _end.Token);
                why = $"exit code {node.Process.ExitCode}";
                lock (_starts) _running = NewSource();
            }
            catch (ProcessFailedException problem)
            {
                why = "a start that failed";
                _tell($"node {Number} does not start: {problem.Message.Split('\n')[^1]}");
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var away = RestartPause + _away;
            _away = TimeSpan.Zero;
            await Task.Delay(away, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource<NodeProcess> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

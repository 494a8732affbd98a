using System.Collections.Concurrent;
using System.Diagnostics;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// A child process that never outlives its parent: disposal kills it, the end of the parent kills it, and where setpriv is present (any
/// Debian) even SIGKILL of the parent does. It is signalled by its own id, never by name.
/// </summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<ManagedProcess, byte> Running = new();

    private readonly Process _process;
    private readonly OutputLines _lines;
    private readonly string _description;
    private readonly Task<int> _ended;

    static ManagedProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Running.Keys) process.Kill();
    };

    private ManagedProcess(ProcessCommand command)
    {
        _description = command.ToString();
        _lines = new OutputLines(command.OutputFile is { } file ? new StreamWriter(file, append: true) { AutoFlush = true } : null);
        _process = ProcessLauncher.Start(command);
        Id = _process.Id;
        Running[this] = 0;
        _process.OutputDataReceived += (_, data) => Take(data.Data);
        _process.ErrorDataReceived += (_, data) => Take(data.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ended = WatchAsync();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>True once the process has ended.</summary>
    public bool HasExited => _ended.IsCompletedSuccessfully;

    /// <summary>The exit code, 128 + signal where a signal ended it; null while it runs.</summary>
    public int? ExitCode => _ended.IsCompletedSuccessfully ? _ended.Result : null;

    /// <summary>The last lines of its standard output and standard error.</summary>
    public string OutputTail => _lines.Tail;

    /// <summary>Starts a process that runs until it is told to end.</summary>
    /// <exception cref="ProcessFailedException">It cannot be started.</exception>
    public static ManagedProcess Start(ProcessCommand command)
    {
        var process = new ManagedProcess(command);
        process.WriteInput(command.StandardInput);
        return process;
    }

    /// <summary>
    /// Runs a program to its end and returns all of its output. After <paramref name="deadline"/> it and its children are killed.
    /// </summary>
    /// <exception cref="ProcessFailedException">It cannot be started, or was not done in time.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessCommand command, TimeSpan deadline, CancellationToken cancellation = default)
    {
        using var process = ProcessLauncher.Start(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await WriteAsync(process, command.StandardInput, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProcessResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ProcessFailedException($"{command} did not end within {deadline.TotalSeconds} s.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Waits for a line of output, one that was written before included (of the last few hundred).</summary>
    /// <exception cref="ProcessFailedException">The process ended, or the deadline passed, before such a line came.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, TimeSpan deadline, CancellationToken cancellation = default)
    {
        try
        {
            return await _lines.Find(wanted).WaitAsync(deadline, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ProcessFailedException(
                $"{_description} did not say what was awaited within {deadline.TotalSeconds} s:\n{OutputTail}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ProcessFailedException($"{_description} ended early with exit code {await _ended}:\n{OutputTail}");
        }
    }

    /// <summary>Waits for the end of the process and its exit code.</summary>
    /// <exception cref="ProcessFailedException">It still runs at the deadline.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan deadline, CancellationToken cancellation = default)
    {
        try
        {
            return await _ended.WaitAsync(deadline, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ProcessFailedException($"{_description} did not end within {deadline.TotalSeconds} s:\n{OutputTail}");
        }
    }

    /// <summary>SIGKILL: the process gets no chance to do anything.</summary>
    public void Kill()
    {
        if (!HasExited) _process.Kill();
    }

    /// <summary>Sends a signal and does not wait.</summary>
    public void Signal(UnixSignal signal)
    {
        if (!HasExited && !_process.HasExited) UnixSignals.Send(Id, signal);
    }

    /// <summary>
    /// Ends the process politely, and with SIGKILL if it still runs after <paramref name="grace"/>. Returns the exit code.
    /// </summary>
    public async Task<int> StopAsync(TimeSpan grace, UnixSignal signal = UnixSignal.Terminate)
    {
        Signal(signal);
        await Task.WhenAny(_ended, Task.Delay(grace));
        Kill();
        return await WaitForExitAsync(KillDeadline);
    }

    /// <summary>Kills the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Running.TryRemove(this, out _)) return;
        Kill();
        await WaitForExitAsync(KillDeadline);
        _process.Dispose();
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code says more.
        }
    }

    private void WriteInput(string input)
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; whoever waits for it learns so.
        }
    }

    private async Task<int> WatchAsync()
    {
        await _process.WaitForExitAsync();
        _lines.Close();
        return _process.ExitCode;
    }

    private void Take(string? line)
    {
        if (line is not null) _lines.Add(line);
    }
}

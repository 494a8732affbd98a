using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// Starts children that die with their parent, even when the parent is killed: util-linux's setpriv sets the kernel's parent-death signal
/// and then becomes the program, so that the process id is the program's own. The kernel ties that signal to the thread that started the
/// child, not to the process, so all children are started by one thread that lives as long as the process does. Without setpriv children
/// are ended only when the parent ends in order (<see cref="ManagedProcess"/>).
/// </summary>
internal static class ProcessLauncher
{
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(10);
    private static readonly BlockingCollection<Action> Requests = [];
    private static readonly Lazy<string?> ParentDeathTool = new(FindParentDeathTool);

    static ProcessLauncher() => new Thread(Run) { IsBackground = true, Name = "process launcher" }.Start();

    /// <summary>Starts the program with all three standard streams redirected.</summary>
    /// <exception cref="ProcessFailedException">It cannot be started.</exception>
    public static Process Start(ProcessCommand command)
    {
        if (Path.IsPathRooted(command.FileName) && !File.Exists(command.FileName))
            throw new ProcessFailedException($"{command.FileName} does not exist.");
        var info = Describe(command);
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() => Launch(info, started));
        return started.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var request in Requests.GetConsumingEnumerable()) request();
    }

    private static void Launch(ProcessStartInfo info, TaskCompletionSource<Process> started)
    {
        try
        {
            started.SetResult(Process.Start(info)!);
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or IOException)
        {
            started.SetException(new ProcessFailedException($"Cannot start {info.FileName}: {problem.Message}", problem));
        }
    }

    private static ProcessStartInfo Describe(ProcessCommand command)
    {
        var info = Redirected(command.FileName);
        var tool = ParentDeathTool.Value;
        if (tool is null && command.UserId is not null)
            throw new ProcessFailedException($"{command} must run as another user, which needs setpriv (Debian: util-linux).");
        if (tool is not null)
        {
            info.FileName = tool;
            if (command.UserId is { } user)
            {
                info.ArgumentList.Add($"--reuid={user}");
                info.ArgumentList.Add($"--regid={user}");
                info.ArgumentList.Add("--clear-groups");
            }
            info.ArgumentList.Add("--pdeathsig");
            info.ArgumentList.Add("KILL");
            info.ArgumentList.Add(command.FileName);
        }
        foreach (var argument in command.Arguments) info.ArgumentList.Add(argument);
        if (command.WorkingDirectory is not null) info.WorkingDirectory = command.WorkingDirectory;
        foreach (var (name, value) in command.Environment)
        {
            if (value is null) info.Environment.Remove(name);
            else info.Environment[name] = value;
        }
        return info;
    }

    private static ProcessStartInfo Redirected(string fileName) => new(fileName)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    // Asked, not assumed: other implementations of setpriv do not know the option.
    private static string? FindParentDeathTool()
    {
        foreach (var path in (string[])["/usr/bin/setpriv", "/bin/setpriv"])
        {
            if (!File.Exists(path)) continue;
            var info = Redirected(path);
            foreach (var argument in (string[])["--pdeathsig", "KILL", "true"]) info.ArgumentList.Add(argument);
            using var probe = Process.Start(info);
            if (probe is not null && probe.WaitForExit(ProbeDeadline) && probe.ExitCode == 0) return path;
        }
        return null;
    }
}

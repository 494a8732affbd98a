using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// The signals that a process is sent, with Linux's numbers; the one that it cannot see coming is <see cref="ManagedProcess.Kill"/>.
/// </summary>
public enum UnixSignal
{
    /// <summary>SIGINT: what Ctrl-C sends; PostgreSQL's fast shutdown.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT: PostgreSQL's immediate shutdown, after which it recovers like after a crash.</summary>
    Quit = 3,

    /// <summary>SIGTERM: what an orchestrator sends.</summary>
    Terminate = 15,

    /// <summary>SIGCONT: goes on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>SIGSTOP: stands still, and does not notice.</summary>
    Stop = 19,
}

internal static partial class UnixSignals
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal to one process by its id. A process that is gone already is no error.</summary>
    public static void Send(int processId, UnixSignal signal)
    {
        if (SendSignal(processId, (int)signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess) throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}

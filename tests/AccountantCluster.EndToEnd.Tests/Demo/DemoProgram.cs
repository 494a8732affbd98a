using System.Runtime.InteropServices;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Demo;

/// <summary>
/// The built command line as a user runs it, from a working directory that has nothing to do with it, with a folder of its own for
/// temporary files.
/// </summary>
internal sealed class DemoProgram : IDisposable
{
    /// <summary>A demo of some seconds takes half a minute; a machine with several builds at work takes many times as long.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(8);

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("accountant-demo-tests-");

    // PostgreSQL refuses root and runs as another user then, who must be able to pass.
    public DemoProgram()
    {
        if (!OperatingSystem.IsWindows()) _temporary.UnixFileMode = (UnixFileMode)0b111_001_001;
    }

    /// <summary>The folder for temporary files.</summary>
    public string Temporary => _temporary.FullName;

    /// <summary>What the program left behind in the folder for temporary files.</summary>
    public IReadOnlyList<string> LeftBehind => [.. _temporary.EnumerateFileSystemInfos("accountant-*").Select(entry => entry.Name)];

    /// <summary>The path of a program beside the tests.</summary>
    public static string Beside(string dll) => Path.Combine(AppContext.BaseDirectory, dll);

    /// <summary>How to start it: as from a terminal, where an interrupt counts, even if the tests themselves run in the background.</summary>
    public ProcessCommand Command(params string[] arguments)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return new ProcessCommand("env", ["--default-signal=INT", host, Beside("accountant.dll"), "demo", "--json", .. arguments])
        {
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = _temporary.FullName },
        };
    }

    public void Dispose() => _temporary.Delete(recursive: true);
}

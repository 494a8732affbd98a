using System.Text.Json;

namespace AccountantCluster.LocalNetwork;

/// <summary>The npm packages of one folder: what its lock file names, against what the last finished installation left behind.</summary>
internal sealed class NpmInstallation(string folder)
{
    // A first installation downloads about 120 MB; a slow line must not fail it.
    private static readonly TimeSpan InstallDeadline = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan VersionDeadline = TimeSpan.FromSeconds(30);

    private readonly string _lockFile = Path.Combine(folder, "package-lock.json");

    // npm writes this list of what it installed as its last step, so an interrupted installation has none.
    private readonly string _installedFile = Path.Combine(folder, "node_modules", ".package-lock.json");

    /// <summary>The packages that the lock file names and that are absent or of another version.</summary>
    public IReadOnlyList<string> Missing()
    {
        var wanted = ReadVersions(_lockFile);
        if (!File.Exists(_installedFile)) return [.. wanted.Keys];
        var installed = ReadVersions(_installedFile);
        return [.. wanted.Where(entry => installed.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key)];
    }

    /// <summary>Runs <c>npm ci</c>, which installs exactly what the lock file names and runs no package's scripts.</summary>
    /// <exception cref="ToolchainException">node or npm is absent, or the installation failed.</exception>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        await RequireAsync("node", cancellation);
        await RequireAsync("npm", cancellation);
        var command = new ProcessCommand("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        {
            WorkingDirectory = folder,
        };
        var result = await ManagedProcess.RunAsync(command, InstallDeadline, cancellation);
        if (result.ExitCode != 0)
            throw new ToolchainException($"npm ci failed in {folder} with exit code {result.ExitCode}:\n{result.Error}{result.Output}");
    }

    private static async Task RequireAsync(string program, CancellationToken cancellation)
    {
        const string advice = "The local network needs Node.js 20 or newer with npm on PATH.";
        try
        {
            var result = await ManagedProcess.RunAsync(new ProcessCommand(program, "--version"), VersionDeadline, cancellation);
            if (result.ExitCode != 0) throw new ToolchainException($"{program} --version failed. {advice} {result.Error}");
        }
        catch (ProcessFailedException problem)
        {
            throw new ToolchainException($"{program} cannot be run. {advice}", problem);
        }
    }

    // Optional packages are left out: npm skips them where they do not fit the machine.
    private static Dictionary<string, string> ReadVersions(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var versions = new Dictionary<string, string>();
        foreach (var package in document.RootElement.GetProperty("packages").EnumerateObject())
        {
            var isOptional = package.Value.TryGetProperty("optional", out var optional) && optional.GetBoolean();
            if (package.Name.Length != 0 && !isOptional) versions[package.Name] = package.Value.GetProperty("version").GetString()!;
        }
        return versions;
    }
}

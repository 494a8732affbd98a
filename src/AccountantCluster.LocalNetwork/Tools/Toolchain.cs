using System.Runtime.InteropServices;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// The programs that demo and tests run: anvil, forge, cast, the Solidity compiler, buf and PostgreSQL, all from the npm packages that
/// <c>contracts/package-lock.json</c> pins. Needs Node 20 and nothing else.
/// </summary>
public sealed class Toolchain
{
    // Another process may be in the middle of its own first installation.
    private static readonly TimeSpan LockDeadline = TimeSpan.FromMinutes(16);

    private const string SolutionFile = "AccountantCluster.sln";

    private Toolchain(string repository) => Repository = repository;

    /// <summary>The folder with the solution.</summary>
    public string Repository { get; }

    /// <summary>The folder of the contracts, where forge runs.</summary>
    public string Contracts => Path.Combine(Repository, "contracts");

    /// <summary>The npm packages.</summary>
    public string NodeModules => Path.Combine(Contracts, "node_modules");

    /// <summary>The local chain.</summary>
    public string Anvil => Path.Combine(NodeModules, "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");

    /// <summary>The tool that builds and tests contracts.</summary>
    public string Forge => Path.Combine(NodeModules, "@foundry-rs", "forge-linux-amd64", "bin", "forge");

    /// <summary>The independent wallet and ABI tool that tests compare with.</summary>
    public string Cast => Path.Combine(NodeModules, "@foundry-rs", "cast-linux-amd64", "bin", "cast");

    /// <summary>The linter of protobuf files.</summary>
    public string Buf => Path.Combine(NodeModules, "@bufbuild", "buf-linux-x64", "bin", "buf");

    /// <summary>The folder of the Solidity compiler, which runs in node.</summary>
    public string Solc => Path.Combine(NodeModules, "solc");

    /// <summary>The folder with PostgreSQL's <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
    public string PostgreSqlNative => Path.Combine(NodeModules, "@embedded-postgres", "linux-x64", "native");

    /// <summary>
    /// Finds the repository above the running program, whatever the working directory is, and installs what is missing. Safe for any number
    /// of processes at once.
    /// </summary>
    /// <param name="report">Told what is being installed, and how much; standard error if null. Nothing is said where nothing is
    /// missing.</param>
    /// <param name="cancellation">Ends an installation early; the next one starts again.</param>
    /// <exception cref="ToolchainException">The program runs outside the repository, or the installation failed.</exception>
    public static async Task<Toolchain> EnsureAsync(Action<string>? report = null, CancellationToken cancellation = default)
    {
        var toolchain = Find();
        var packages = new NpmInstallation(toolchain.Contracts);
        if (packages.Missing().Count == 0) return toolchain;
        using var installing = await toolchain.LockAsync(cancellation);
        var missing = packages.Missing().Count;
        if (missing == 0) return toolchain;
        (report ?? Console.Error.WriteLine)(
            $"Installing anvil, forge, cast, solc, buf and PostgreSQL into contracts/node_modules: "
            + $"{missing} npm packages, 390 MB on disk, no scripts run.");
        await packages.InstallAsync(cancellation);
        return toolchain;
    }

    private static Toolchain Find()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            throw new ToolchainException("The pinned npm packages bring programs for Linux on x64 only.");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile))) return new Toolchain(folder.FullName);
        }
        throw new ToolchainException(
            $"No {SolutionFile} above {AppContext.BaseDirectory}: the local network runs from a clone of the repository.");
    }

    private async Task<CrossProcessLock> LockAsync(CancellationToken cancellation)
    {
        try
        {
            return await CrossProcessLock.AcquireAsync(Path.Combine(Contracts, ".install.lock"), LockDeadline, cancellation);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new ToolchainException(
                $"npm packages are missing and {Contracts} cannot be written to: install them as its owner, or clone anew.", problem);
        }
        catch (TimeoutException problem)
        {
            throw new ToolchainException($"Another installation does not end: {problem.Message}", problem);
        }
    }
}

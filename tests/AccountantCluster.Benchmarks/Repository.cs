namespace AccountantCluster.Benchmarks;

/// <summary>Finds the repository above the running program.</summary>
internal static class Repository
{
    private const string Solution = "AccountantCluster.sln";

    /// <summary>The page that holds the results.</summary>
    public static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution))) folder = folder.Parent;
        return Path.Combine(
            folder?.FullName ?? throw new InvalidOperationException("The program runs outside the repository."), "tests", "BENCHMARKS.md");
    }
}

namespace AccountantCluster.Reliability;

/// <summary>Finds the repository above the running program.</summary>
internal static class Repository
{
    private const string Solution = "AccountantCluster.sln";

    /// <summary>The path of a file in it.</summary>
    public static string File(params IReadOnlyList<string> parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, Solution))) folder = folder.Parent;
        var root = folder?.FullName ?? throw new InvalidOperationException("The program runs outside the repository.");
        return Path.Combine([root, .. parts]);
    }
}

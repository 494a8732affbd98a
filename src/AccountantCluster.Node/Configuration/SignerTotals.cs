using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>Opens the signer's memory, apart from the books that it is there to contradict.</summary>
internal static class SignerTotals
{
    // As Linux has it.
    private const int MostLinks = 40;

    /// <summary>The memory; the caller disposes it.</summary>
    /// <exception cref="ConfigurationException">None is named, it lies among the books, cannot be opened, another node has it, or it is
    /// something else.</exception>
    public static SqliteTotals Open(
        NodeConfiguration.OperatorSection section, NodeConfiguration.StorageSection storage, AccountantDomain domain)
    {
        if (section.TotalsFile is not { Length: > 0 } file)
            throw new ConfigurationException("operator.totalsFile is missing: this node signs promises (cluster.roles).");
        try
        {
            if (storage.Directory is { Length: > 0 } directory && IsInside(file, directory))
            {
                throw new ConfigurationException(
                    $"operator.totalsFile {file} lies in storage.directory {directory}: whoever restores the books from a backup "
                    + "would take back with them what the signer remembers. Name a file outside of it.");
            }
            return new SqliteTotals(file, domain);
        }
        catch (Exception problem) when (problem is TotalsFileException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"operator.totalsFile: {problem.Message}", problem);
        }
    }

    private static bool IsInside(string file, string directory)
    {
        var (inner, outer) = (Resolve(file), Resolve(directory));
        return inner == outer || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    // The place itself, whatever links lead there; what does not exist yet is where it is said to be.
    private static string Resolve(string path, int depth = 0)
    {
        if (depth > MostLinks) throw new IOException($"{path} leads through too many links.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        var here = Path.Combine(Resolve(parent, depth), Path.GetFileName(full));
        if (new FileInfo(here).LinkTarget is null) return here;
        return Resolve(File.ResolveLinkTarget(here, returnFinalTarget: true)!.FullName, depth + 1);
    }
}

namespace AccountantCluster.Client.WayOut;

/// <summary>Files that are replaced as a whole, and that nobody but their owner can read.</summary>
internal static class WholeFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static int _written;

    /// <summary>Writes beside the file, onto the disk, and then renames: whoever reads sees the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // Beside it, because a rename does not cross file systems; with a name of its own, because others may do the same.
        var beside = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _written)}.new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}

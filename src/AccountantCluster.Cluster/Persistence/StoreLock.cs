using Akka.Actor.Setup;

namespace AccountantCluster.Cluster;

/// <summary>
/// That a folder of SQLite's files is this process' alone: an open file in it, which the system locks. The actor system carries it as a
/// setup, and the journal asks for it. It ends with the process however that ends, so what a killed one leaves is in nobody's way; one that
/// is frozen keeps it.
/// </summary>
internal sealed class StoreLock : Setup, IDisposable
{
    private const string Name = "node.lock";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which exists; it is held until it is disposed or the process ends.</summary>
    /// <exception cref="StoreUnusableException">Somebody else has it, or it cannot be locked; the message names the folder.</exception>
    public static StoreLock Take(string directory)
    {
        var path = Path.Combine(directory, Name);
        try
        {
            var file = Open(path);
            try
            {
                MustLock(path, directory);
                return new StoreLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException problem) when (IsLocked(problem))
        {
            throw new StoreUnusableException(
                $"{directory} is in use by another process: each node keeps its channels in a folder of its own.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException($"{directory} cannot be locked: {problem.Message}", problem);
        }
    }

    /// <summary>Gives the folder back. The file stays: two could hold it if it were made anew.</summary>
    public void Dispose() => _file.Dispose();

    // Some file systems lock nothing, and the runtime can be told not to; both without a word.
    private static void MustLock(string path, string directory)
    {
        try
        {
            Open(path).Dispose();
        }
        catch (IOException problem) when (IsLocked(problem))
        {
            return;
        }
        throw new StoreUnusableException(
            $"{directory} cannot be locked: its file system locks no files, or DOTNET_SYSTEM_IO_DISABLEFILELOCKING is set.");
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        // Who can read it can lock it.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        return new FileStream(path, options);
    }

    // EWOULDBLOCK as Linux and macOS number it, and Windows' sharing violation.
    private static bool IsLocked(IOException problem) => problem.HResult is 11 or 35 or unchecked((int)0x8007_0020);
}

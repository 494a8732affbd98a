using System.Text.Json;

namespace AccountantCluster.LocalNetwork;

/// <summary>PostgreSQL's programs in a form that can run: npm packages cannot carry symbolic links, and the server refuses root.</summary>
internal static class PostgreSqlFiles
{
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A folder with the programs that <paramref name="userId"/> (the caller if null) can run: the package itself where that works, else a
    /// copy (60 MB) under <paramref name="scratch"/>.
    /// </summary>
    public static async Task<string> PrepareAsync(string native, string scratch, uint? userId, CancellationToken cancellation)
    {
        var links = Path.Combine(native, "pg-symlinks.json");
        if (TryLink(links, native) && await CanRunAsync(native, userId, cancellation)) return native;
        var copy = Path.Combine(scratch, "native");
        Copy(new DirectoryInfo(native), copy);
        return TryLink(links, copy)
            ? copy
            : throw new ToolchainException($"Cannot make the symbolic links of PostgreSQL's libraries in {copy}.");
    }

    private static async Task<bool> CanRunAsync(string native, uint? userId, CancellationToken cancellation)
    {
        var command = new ProcessCommand(Path.Combine(native, "bin", "postgres"), "--version") { UserId = userId, WorkingDirectory = "/" };
        return (await ManagedProcess.RunAsync(command, ProbeDeadline, cancellation)).ExitCode == 0;
    }

    // The list names paths from the package's root, "native/lib/libpq.so.5.18"; links are made relative, so that a copy is complete in
    // itself.
    private static bool TryLink(string list, string native)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var source = Resolve(native, entry.GetProperty("source"));
            var target = Resolve(native, entry.GetProperty("target"));
            if (new FileInfo(target).LinkTarget is not null) continue;
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (IOException) when (new FileInfo(target).LinkTarget is not null)
            {
                // Another process made it in the meantime.
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
        return true;
    }

    private static string Resolve(string native, JsonElement path) => Path.Combine(Path.GetDirectoryName(native)!, path.GetString()!);

    private static void Copy(DirectoryInfo source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (var file in source.EnumerateFiles())
        {
            // Links are made anew, static libraries are for compilers.
            if (file.LinkTarget is null && file.Extension != ".a") file.CopyTo(Path.Combine(destination, file.Name));
        }
        foreach (var folder in source.EnumerateDirectories()) Copy(folder, Path.Combine(destination, folder.Name));
    }
}

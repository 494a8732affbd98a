namespace AccountantCluster.Node.Configuration;

/// <summary>
/// Reads what nobody else on the machine may know: it never comes from arguments or the environment, which everybody sees.
/// </summary>
internal static class SecretFile
{
    /// <summary>The name that stands for standard input, of which each secret is a line.</summary>
    public const string StandardInput = "-";

    // A connection string with all that can be in it, many times over.
    private const int LongestLine = 64 * 1024;

    /// <summary>The secret in a file, or in the next line of standard input. The caller overwrites it when it is done.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or everybody on the machine can.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            if (path == StandardInput)
            {
                using var input = Console.OpenStandardInput();
                return ReadLine(input);
            }
            MustBePrivate(path);
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Cannot read {path}: {problem.Message}", problem);
        }
    }

    /// <summary>
    /// Refuses a file that every user of the machine can read or write. A group may share it, as volumes of a container do.
    /// </summary>
    /// <exception cref="ConfigurationException">It is open to everybody.</exception>
    public static void MustBePrivate(string path)
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        // What is not there, whoever reads it says better.
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.GetUnixFileMode(path) & others) == UnixFileMode.None) return;
        throw new ConfigurationException(
            $"{path} is a secret that every user of this machine can read or write: do not let them (chmod o= {path}).");
    }

    /// <summary>One line, without its end; the rest of the stream stays for the next.</summary>
    /// <exception cref="IOException">There is none, or it has no end.</exception>
    internal static byte[] ReadLine(Stream input)
    {
        var line = new List<byte>();
        int next;
        // Byte by byte: what comes after belongs to somebody else.
        while ((next = input.ReadByte()) is not (-1 or '\n'))
        {
            if (line.Count == LongestLine) throw new IOException($"the line has more than {LongestLine} bytes");
            line.Add((byte)next);
        }
        return next == -1 && line.Count == 0 ? throw new IOException("standard input ended before this secret") : [.. line];
    }
}

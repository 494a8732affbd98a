namespace AccountantCluster.LocalNetwork;

/// <summary>What to run. Secrets never belong here: arguments and environment are visible to every user of the machine.</summary>
/// <param name="FileName">Path of the program, or its name where it is to be found on PATH.</param>
/// <param name="Arguments">Its arguments, passed on without a shell.</param>
public sealed record ProcessCommand(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs; the caller's directory if null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to add to the caller's environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Text for the program's standard input, which is closed after it.</summary>
    public string StandardInput { get; init; } = "";

    /// <summary>Also takes every line that it writes, after what stands there; no file if null. Only where the process is managed.</summary>
    public string? OutputFile { get; init; }

    /// <summary>User and group to run as (root only, needs setpriv); the caller's own if null.</summary>
    public uint? UserId { get; init; }

    /// <summary>The command as one line, for error messages.</summary>
    public override string ToString() => $"{Path.GetFileName(FileName)} {string.Join(' ', Arguments)}";
}

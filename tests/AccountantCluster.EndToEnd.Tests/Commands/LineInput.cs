using System.Collections.Concurrent;

namespace AccountantCluster.EndToEnd.Tests.Commands;

/// <summary>A person's lines on a command's standard input, typed while the command runs.</summary>
internal sealed class LineInput : TextReader
{
    private readonly BlockingCollection<string> _lines = [];

    public void Type(string line) => _lines.Add(line);

    public void End() => _lines.CompleteAdding();

    public override string? ReadLine() => _lines.TryTake(out var line, Timeout.Infinite) ? line : null;

    protected override void Dispose(bool disposing)
    {
        if (disposing) _lines.Dispose();
        base.Dispose(disposing);
    }
}

using System.Text;
using System.Threading.Channels;

namespace AccountantCluster.EndToEnd.Tests.Commands;

/// <summary>A command's lines, readable while it runs.</summary>
internal sealed class LineOutput : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        _lines.Writer.TryWrite(_line.ToString());
        _line.Clear();
    }

    public ValueTask<string> ReadLineAsync(CancellationToken cancellation) => _lines.Reader.ReadAsync(cancellation);
}

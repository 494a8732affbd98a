using System.Globalization;

namespace AccountantCluster.Reliability.Runs;

/// <summary>What the program is told.</summary>
/// <param name="Seeds">How many.</param>
/// <param name="First">The first of them; the others follow it.</param>
/// <param name="Patience">No seed begins after this time.</param>
/// <param name="Channels">Channels that are stored beforehand and only stand there.</param>
internal sealed record RunOptions(int Seeds, ulong First, TimeSpan Patience, int Channels)
{
    private const string Usage = "Usage: --seeds N [--first N] [--minutes N] [--channels N]";
    private const int DefaultChannels = 100_000;

    /// <summary>Reads a command line.</summary>
    /// <exception cref="ArgumentException">It makes no sense.</exception>
    public static RunOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RunOptions(0, 1, TimeSpan.MaxValue, DefaultChannels);
        for (var index = 0; index + 1 < arguments.Count; index += 2)
        {
            if (!int.TryParse(arguments[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new ArgumentException(Usage, nameof(arguments));
            options = arguments[index] switch
            {
                "--seeds" => options with { Seeds = number },
                "--first" => options with { First = (ulong)number },
                "--minutes" => options with { Patience = TimeSpan.FromMinutes(number) },
                "--channels" => options with { Channels = number },
                _ => throw new ArgumentException(Usage, nameof(arguments)),
            };
        }
        return options.Seeds > 0 && arguments.Count % 2 == 0 ? options : throw new ArgumentException(Usage, nameof(arguments));
    }
}

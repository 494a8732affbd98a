using System.Globalization;

namespace AccountantCluster.Reliability.Runs;

/// <summary>What the program is told.</summary>
/// <param name="Seeds">How many.</param>
/// <param name="First">The first of them; the others follow it.</param>
/// <param name="Patience">No seed begins after this time.</param>
/// <param name="Channels">Channels that are stored beforehand and only stand there.</param>
/// <param name="KeepsFolders">The nodes' folders, with their logs, stay at the end, as they do where a seed shows what must never be.</param>
internal sealed record RunOptions(int Seeds, ulong First, TimeSpan Patience, int Channels, bool KeepsFolders)
{
    private const string Keep = "--keep";
    private const string Usage = $"Usage: --seeds N [--first N] [--minutes N] [--channels N] [{Keep}]";
    private const int DefaultChannels = 100_000;

    /// <summary>Reads a command line.</summary>
    /// <exception cref="ArgumentException">It makes no sense.</exception>
    public static RunOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new RunOptions(0, 1, TimeSpan.MaxValue, DefaultChannels, arguments.Contains(Keep));
        var pairs = arguments.Where(argument => argument != Keep).ToArray();
        for (var index = 0; index < pairs.Length; index += 2)
        {
            if (index + 1 == pairs.Length || !int.TryParse(pairs[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new ArgumentException(Usage, nameof(arguments));
            options = pairs[index] switch
            {
                "--seeds" => options with { Seeds = number },
                "--first" => options with { First = (ulong)number },
                "--minutes" => options with { Patience = TimeSpan.FromMinutes(number) },
                "--channels" => options with { Channels = number },
                _ => throw new ArgumentException(Usage, nameof(arguments)),
            };
        }
        return options.Seeds > 0 ? options : throw new ArgumentException(Usage, nameof(arguments));
    }
}

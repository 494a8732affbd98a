using Akka.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace AccountantCluster.Node.Composition;

/// <summary>What a node writes to standard output: one line for each thing said, with its time, so that the logs of several nodes can be merged.</summary>
internal static class NodeLog
{
    /// <summary>Replaces the host's own settings.</summary>
    public static void Configure(ILoggingBuilder logging) => logging
        .ClearProviders()
        // It says two lines for each call; calls are counted, not logged.
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });

    /// <summary>The actors' lines go the same way.</summary>
    public static void Configure(LoggerConfigBuilder logging)
    {
        logging.ClearLoggers();
        logging.AddLoggerFactory();
    }
}

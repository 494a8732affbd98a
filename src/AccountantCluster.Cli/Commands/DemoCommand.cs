using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Progress;
using AccountantCluster.Cli.Demo.Reckoning;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>demo</c>: a whole network on this machine, from deposit to payout.</summary>
internal static class DemoCommand
{
    private const int DefaultSeconds = 20;

    // The deposits last longer, the patience of whoever watches does not.
    private const int MaxSeconds = 600;

    // Each takes its part of this machine, and of the connections that a PostgreSQL allows.
    private const int MaxNodes = 3;

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var seconds = CommonOptions.Number("--seconds", "How long payments stream.", 1, MaxSeconds, DefaultSeconds);
        var store = new Option<DemoStore>("--store") { Description = "What nodes keep their channels in: sqlite or postgres." };
        var nodes = CommonOptions.Number("--nodes", "How many nodes; several share a PostgreSQL (--store postgres).", 1, MaxNodes, 1);
        var keep = new Option<bool>("--keep") { Description = "Keep the demo's files and say where they are." };
        var node = new Option<FileInfo?>("--node") { Description = "Another node program to run.", HelpName = "dll", Hidden = true };
        var json = CommonOptions.Json();
        // Both as they were typed, because what is no number and what is no store is refused in its own words.
        nodes.Validators.Add(given =>
        {
            if (given.Implicit || given.Tokens.Any(token => token.Value == "1")) return;
            if (given.GetResult(store) is not { Implicit: false } named || named.Tokens.Any(token => IsNamed(token.Value, DemoStore.Sqlite)))
                given.AddError("Several nodes share a PostgreSQL: --nodes above 1 needs --store postgres.");
        });
        var command = new Command(
            "demo",
            "Run a whole network on this machine: a chain, nodes, 20 consumers who pay 3 providers, two who cheat, and the reckoning.")
        {
            seconds,
            store,
            nodes,
            keep,
            node,
            json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            host,
            new DemoOptions
            {
                Streaming = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Store = parsed.GetValue(store),
                Nodes = parsed.GetValue(nodes),
                AsJson = parsed.GetValue(json),
                Keep = parsed.GetValue(keep),
                Node = parsed.GetValue(node),
            },
            cancellation));
        return command;
    }

    private static bool IsNamed(string text, DemoStore store) => text.Equals(store.ToString(), StringComparison.OrdinalIgnoreCase);

    private static async Task<int> RunAsync(Host host, DemoOptions options, CancellationToken cancellation)
    {
        using var folder = new DemoFolder(options.Keep);
        var progress = new DemoProgress(host, options.AsJson);
        if (options.Keep) progress.Say($"Files are kept in {folder.Path}.");
        var run = new DemoRun(options, progress, host.Time);
        var result = await run.RunAsync(folder, cancellation);
        var report = host.Report(options.AsJson);
        if (run.Audit is { } audit)
        {
            report.Write(AuditTable.Money(audit, [.. Enumerable.Range(1, DemoScale.Providers).Select(number => $"provider {number}")]));
            report.Write(AuditTable.Settlement(run.Batches));
            report.Write(AuditTable.Claims(audit));
        }
        if (result.Failure is not null) await host.Error.WriteLineAsync(result.Failure);
        report.Say(result.IsSuccess
            ? $"{Nodes(options.Nodes)}: every token is accounted for, and both attacks were refused."
            : "THE DEMO FAILED.");
        report.Json(result);
        return result.IsSuccess ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Nodes(int count) => count == 1 ? "One node" : $"{count} nodes";
}

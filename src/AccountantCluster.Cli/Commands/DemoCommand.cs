using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Progress;
using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Cli.Demo.Serving;
using AccountantCluster.Cli.Demo.Vanishing;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>demo</c>: a whole network on this machine, from deposit to payout.</summary>
internal static class DemoCommand
{
    private const int DefaultSeconds = 20;

    // The deposits last longer, the patience of whoever watches does not.
    private const int MaxSeconds = 600;

    // Each takes its part of this machine, and of the connections that a PostgreSQL allows.
    private const int MaxNodes = 3;

    // One that stays and one that vanishes show it.
    private const int MaxAccountants = 2;

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var seconds = CommonOptions.Number("--seconds", "How long payments stream.", 1, MaxSeconds, DefaultSeconds);
        var store = new Option<DemoStore>("--store") { Description = "What nodes keep their channels in: sqlite or postgres." };
        var nodes = CommonOptions.Number("--nodes", "How many nodes; several share a PostgreSQL (--store postgres).", 1, MaxNodes, 1);
        var accountants = CommonOptions.Number(
            "--accountants", "How many accountants. Of two, one vanishes in mid-stream, and its providers are paid all the same.",
            1, MaxAccountants, 1);
        var keep = new Option<bool>("--keep") { Description = "Keep the demo's files and say where they are." };
        var serve = new Option<DirectoryInfo?>("--serve")
        {
            Description = "No show: the network stays up until it is interrupted. Into this folder go a network file, and keystores of a "
                + "consumer with a deposit and of a provider (examples/README.md).",
            HelpName = "folder",
        };
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
            "Run a whole network on this machine: a chain, nodes, 20 consumers who pay 3 providers, two who cheat, two who leave, and the "
            + "reckoning.")
        {
            seconds,
            store,
            nodes,
            accountants,
            keep,
            serve,
            node,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(serve) is not null && result.GetResult(accountants) is { Implicit: false })
                result.AddError("--serve starts one accountant: leave --accountants out.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            host,
            new DemoOptions
            {
                Streaming = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Store = parsed.GetValue(store),
                Nodes = parsed.GetValue(nodes),
                Accountants = parsed.GetValue(accountants),
                AsJson = parsed.GetValue(json),
                Keep = parsed.GetValue(keep),
                Node = parsed.GetValue(node),
                Serve = parsed.GetValue(serve),
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
        if (options.Serve is { } served) return await ServeAsync(host, options, served, folder, progress, cancellation);
        if (options.Accountants > 1) return await VanishAsync(host, options, folder, progress, cancellation);
        var run = new DemoRun(options, progress, host.Time);
        var result = await run.RunAsync(folder, cancellation);
        var report = host.Report(options.AsJson);
        if (run.Audit is { } audit)
        {
            report.Write(AuditTable.Money(audit, [.. Enumerable.Range(1, DemoScale.Providers).Select(number => $"provider {number}")]));
            report.Write(AuditTable.Settlement(run.Batches));
            report.Write(AuditTable.Departures(audit));
            if (run.Recovered is { } recovered) report.Write(AuditTable.Recovery(recovered));
            report.Write(AuditTable.Claims(audit.Headlines, audit.Checks));
        }
        if (result.Failure is not null) await host.Error.WriteLineAsync(result.Failure);
        report.Say(result.IsSuccess
            ? $"{Nodes(options.Nodes)}: every token is accounted for, and both attacks were refused."
            : "THE DEMO FAILED.");
        report.Json(result);
        return result.IsSuccess ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<int> VanishAsync(
        Host host, DemoOptions options, DemoFolder folder, DemoProgress progress, CancellationToken cancellation)
    {
        using var otherFolder = new DemoFolder(options.Keep);
        if (options.Keep) progress.Say($"Files of the second accountant are kept in {otherFolder.Path}.");
        var run = new VanishingRun(options, progress, host.Time);
        var result = await run.RunAsync(folder, otherFolder, cancellation);
        var report = host.Report(options.AsJson);
        if (run.Audit is { } audit)
        {
            report.Write(VanishingTable.Money(audit));
            report.Write(AuditTable.Claims(audit.Headlines, audit.Checks));
        }
        if (result.Failure is not null) await host.Error.WriteLineAsync(result.Failure);
        report.Say(result.IsSuccess
            ? "Two accountants, one of which vanished: every token is accounted for, and the providers earn on."
            : "THE DEMO FAILED.");
        report.Json(result);
        return result.IsSuccess ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<int> ServeAsync(
        Host host, DemoOptions options, DirectoryInfo served, DemoFolder folder, DemoProgress progress, CancellationToken cancellation)
    {
        using var files = new ServedFiles(served);
        await new DemoServer(options, progress.Say, host.Time).RunAsync(
            folder,
            files,
            network =>
            {
                var report = host.Report(options.AsJson);
                report.Json(network);
                report.Lines(
                [
                    ("chain", $"{network.Chain}"),
                    ("node", $"{network.Node}"),
                    ("files", network.Folder),
                    ("consumer", network.Consumer.ToChecksumString()),
                    ("provider", network.Provider.ToChecksumString()),
                ]);
                report.Say("The network is up. Interrupt to stop.");
            },
            cancellation);
        return ExitCode.Success;
    }

    private static string Nodes(int count) => count == 1 ? "One node" : $"{count} nodes";
}

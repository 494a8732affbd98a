using System.Diagnostics;
using AccountantCluster.Reliability;
using AccountantCluster.Reliability.Faults;
using AccountantCluster.Reliability.Network;
using AccountantCluster.Reliability.Runs;

var options = RunOptions.Parse(args);
var start = Stopwatch.GetTimestamp();
void Tell(string what) => Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");

var rows = new SeedRows(Repository.File("tests", "reliability.jsonl"));
var failed = false;
await using (var network = await ChaosNetwork.StartAsync(options.Channels, Tell))
{
    if (options.KeepsFolders) network.KeepFolders();
    for (var number = 0; number < options.Seeds && Stopwatch.GetElapsedTime(start) < options.Patience; number++)
    {
        var schedule = Schedule.Of(options.First + (ulong)number, ChaosNetwork.NodeCount);
        Tell($"seed {schedule.Seed}");
        var result = await new SeedRun(network, schedule, Tell).RunAsync();
        // At once: hours of seeds are not lost with the one that the harness could not run.
        rows.Add(SeedRow.Of(result, options.Channels, TimeProvider.System.GetUtcNow()));
        Tell($"seed {schedule.Seed}: {result.Acknowledged} promises acknowledged, {result.Unanswered} of {result.Calls} batches unanswered, "
            + $"{result.Restarts} restarts ({result.SelfEnded} by themselves), unavailable {result.LongestUnavailable.TotalSeconds:F1} s, "
            + $"recovered in {result.LongestRecovery.TotalSeconds:F1} s, {result.Violations.Count} violations");
        if (result.Violations.Count == 0) continue;
        failed = true;
        network.KeepFolders();
        Console.WriteLine($"Seed {schedule.Seed} FAILED. Its schedule:\n{schedule}");
        foreach (var violation in result.Violations) Console.WriteLine($"  {violation}");
    }
}

var page = Repository.File("tests", "RELIABILITY.md");
await File.WriteAllTextAsync(page, Page.Renew(await File.ReadAllTextAsync(page), rows.Read()));
return failed ? 1 : 0;

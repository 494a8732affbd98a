using System.Diagnostics;
using AccountantCluster.Reliability;
using AccountantCluster.Reliability.Faults;
using AccountantCluster.Reliability.Network;
using AccountantCluster.Reliability.Runs;

var options = RunOptions.Parse(args);
var start = Stopwatch.GetTimestamp();
void Tell(string what) => Console.WriteLine($"{Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss} {what}");

var results = new List<SeedResult>();
try
{
    await using var network = await ChaosNetwork.StartAsync(options.Channels, Tell);
    for (var number = 0; number < options.Seeds && Stopwatch.GetElapsedTime(start) < options.Patience; number++)
    {
        var schedule = Schedule.Of(options.First + (ulong)number, ChaosNetwork.NodeCount);
        Tell($"seed {schedule.Seed}");
        var result = await new SeedRun(network, schedule, Tell).RunAsync();
        results.Add(result);
        Tell($"seed {schedule.Seed}: {result.Acknowledged} promises acknowledged, {result.Unanswered} of {result.Calls} batches unanswered, "
            + $"{result.Restarts} restarts ({result.SelfEnded} by themselves), unavailable {result.LongestUnavailable.TotalSeconds:F1} s, "
            + $"recovered in {result.LongestRecovery.TotalSeconds:F1} s, {result.Violations.Count} violations");
        if (result.Violations.Count == 0) continue;
        Console.WriteLine($"Seed {schedule.Seed} FAILED. Its schedule:\n{schedule}");
        foreach (var violation in result.Violations) Console.WriteLine($"  {violation}");
    }
}
finally
{
    // Hours of seeds are not lost with the one that the harness could not run.
    var page = Repository.File("tests", "RELIABILITY.md");
    if (results.Count > 0)
        await File.WriteAllTextAsync(page, Page.Renew(await File.ReadAllTextAsync(page), results, options, TimeProvider.System.GetUtcNow()));
}
return results.Any(result => result.Violations.Count > 0) ? 1 : 0;

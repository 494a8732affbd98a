using System.CommandLine;
using AccountantCluster.Cli.Accounts;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.WayOut;

namespace AccountantCluster.Cli.Commands.WayOut;

/// <summary><c>provider evidence</c>: one file with everything that <c>provider recover</c> needs besides the key.</summary>
internal static class ProviderEvidenceCommand
{
    // A store that another command has is free again in a moment.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "evidence",
            "Write one file with all that a provider needs, besides its key, to leave the accountant without its help. It holds no secret; "
            + "keep a copy on another machine, and keep it fresh: what came after it is not in it.");
        var options = AccountOptions.AddStorage(command, host);
        var output = OutputOption();
        var keep = new Option<bool>("--keep") { Description = "Go on, and write it again where anything is new, until interrupted." };
        var json = CommonOptions.Json();
        command.Add(output);
        command.Add(keep);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var storage = await options.FindStorageAsync(parsed, host, cancellation);
            var path = parsed.GetValue(output)?.FullName ?? storage.EvidencePath;
            var evidence = await WriteAsync(storage, path, null, host.Time);
            var report = host.Report(parsed.GetValue(json));
            report.Facts(
                new
                {
                    File = path,
                    Settleable = evidence.Settleable?.Amount ?? default,
                    Collectable = evidence.Collectable.Count,
                    Windows = evidence.Windows.Count,
                },
                [
                    ("file", path),
                    ("promised by the accountant, and public", $"{evidence.Settleable?.Amount ?? default}"),
                    ("consumers' promises, and public", $"{evidence.Collectable.Count}"),
                    ("windows that only the provider's key opens", $"{evidence.Windows.Count}"),
                ]);
            while (parsed.GetValue(keep))
            {
                await Task.Delay(Pause, host.Time, cancellation);
                try
                {
                    evidence = await WriteAsync(storage, path, evidence, host.Time);
                }
                catch (StoreException)
                {
                    // Another command has the books, and will be done with them.
                }
            }
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Where the evidence is, or is to be.</summary>
    public static Option<FileInfo?> OutputOption(string name = "--output") => new(name)
    {
        Description = "The evidence file; one that is there is replaced. [default: beside the books]",
        HelpName = "file",
    };

    private static async Task<ProviderEvidence> WriteAsync(
        ProviderStorage storage, string path, ProviderEvidence? before, TimeProvider time)
    {
        await using var account = storage.Open();
        var evidence = account.CaptureEvidence();
        if (before?.Equivalent(evidence) != true) EvidenceFile.Write(path, evidence, time.GetUtcNow());
        return evidence;
    }
}

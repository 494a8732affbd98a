using AccountantCluster.Cli;
using AccountantCluster.Cli.Keys;
using AccountantCluster.EndToEnd.Tests.Live;

namespace AccountantCluster.EndToEnd.Tests.Tls;

/// <summary>A live network whose node has the certificates that <c>accountant certificates</c> makes.</summary>
public sealed class TlsNetwork : LiveNetwork
{
    private protected override async Task<string?> MakeCertificatesAsync(CancellationToken cancellation) =>
        await MakeAsync(Path.Combine(Folder.Path, "certificates"), cancellation);

    /// <summary>Has the program make certificates in a new folder, and returns its path.</summary>
    internal static async Task<string> MakeAsync(string folder, CancellationToken cancellation)
    {
        using var error = new StringWriter();
        var host = new Host
        {
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = error,
            IsInteractive = false,
            Home = folder,
            Prompt = new ConsolePrompt(),
        };
        var code = await CommandLine.RunAsync(["certificates", "--output", folder], host, cancellation);
        Assert.True(code == 0, error.ToString());
        return folder;
    }
}

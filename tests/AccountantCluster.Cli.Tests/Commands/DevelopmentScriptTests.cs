using System.Diagnostics;
using AccountantCluster.Cli.Tests.Support;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary>
/// <c>deploy/certificates/development.sh</c> makes what <c>accountant certificates</c> makes, where there is nothing but openssl.
/// </summary>
public sealed class DevelopmentScriptTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [OpensslFact]
    public async Task They_hold_for_this_machine_and_every_host_named()
    {
        await RunAsync(0, "--name", "node.example", "--output", "my certificates", "--name", "10.0.0.7", "--name", "*.example");
        new MadeCertificates(_shell.PathOf("my certificates")).MustHoldFor(
            "*.example", "10.0.0.7", "127.0.0.1", "::1", "localhost", "node.example");
    }

    [OpensslFact]
    public async Task They_lie_where_the_caller_is()
    {
        await RunAsync(0);
        new MadeCertificates(_shell.PathOf("certificates")).MustHoldFor("127.0.0.1", "::1", "localhost");
    }

    [OpensslFact]
    public async Task Nothing_is_overwritten()
    {
        foreach (var file in new[] { "ca.crt", "node.crt", "node.key" })
        {
            Directory.CreateDirectory(_shell.PathOf(file[..2]));
            var path = _shell.Write(Path.Combine(file[..2], file), "mine");
            Assert.Contains(file, await RunAsync(2, "--output", file[..2]), StringComparison.Ordinal);
            Assert.Equal("mine", await File.ReadAllTextAsync(path));
            File.Delete(path);
        }
    }

    [OpensslFact]
    public async Task What_is_no_host_is_refused()
    {
        foreach (var name in new[] { "", "two words", "node.example,IP:10.0.0.7", "$ENV::HOME", "a\nb" })
            Assert.Contains("is no name", await RunAsync(2, "--name", name), StringComparison.Ordinal);
        Assert.Contains("usage", await RunAsync(2, "--nonsense", "x"), StringComparison.Ordinal);
        Assert.Contains("usage", await RunAsync(2, "--output"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_shell.PathOf("certificates")));
    }

    // Runs it in a folder of its own, and returns what it complained of.
    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "certificates", "development.sh");
        var start = new ProcessStartInfo("sh", [script, .. arguments])
        {
            WorkingDirectory = _shell.PathOf("."),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await output;
        Assert.True(process.ExitCode == exitCode, $"Exit code {process.ExitCode}: {await error}");
        return await error;
    }
}

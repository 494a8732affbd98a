using AccountantCluster.Cli.Tests.Support;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary><c>certificates</c>: files for a node and its clients.</summary>
public sealed class CertificatesCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    private string Folder => _shell.PathOf("certificates");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task They_hold_for_this_machine_and_every_host_named()
    {
        var made = await _shell.JsonAsync(
            "certificates", "--output", Folder,
            "--name", "node.example", "--name", "10.0.0.7", "--name", "*.example", "--name", "localhost");
        new MadeCertificates(Folder).MustHoldFor("*.example", "10.0.0.7", "127.0.0.1", "::1", "localhost", "node.example");
        foreach (var (name, file) in new[] { ("authority", "ca.crt"), ("certificate", "node.crt"), ("key", "node.key") })
            Assert.Equal(Path.Combine(Folder, file), made.GetProperty(name).GetString());
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("node.crt")]
    [InlineData("node.key")]
    public async Task Nothing_is_overwritten(string file)
    {
        Directory.CreateDirectory(Folder);
        var path = _shell.Write(Path.Combine("certificates", file), "mine");
        var result = await _shell.RunAsync("certificates", "--output", Folder);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(path, result.Error, StringComparison.Ordinal);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(Folder));
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("node.example,other.example")]
    public async Task What_is_no_host_is_refused(string name)
    {
        var result = await _shell.RunAsync("certificates", "--output", Folder, "--name", name);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"'{name}'", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }
}

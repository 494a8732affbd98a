using AccountantCluster.Cli.Tests.Support;

namespace AccountantCluster.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private const string Someone = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("channel", "show")]
    [InlineData("channel", "show", "0x1234")]
    [InlineData("channel", "show", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92267")]
    [InlineData("channel", "show", "0xF39fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    [InlineData("admin", "freeze", Someone)]
    [InlineData("admin", "freeze", "0x1234", "--socket", "admin.socket")]
    [InlineData("provider", "recover", "--rpc", "http://a", "--key", Someone)]
    [InlineData("provider", "recover", "--evidence", "a", "--key", Someone)]
    [InlineData("provider", "watch", "--key", Someone, "--interval", "0")]
    [InlineData("channel", "top-up", "-1", "--key", Someone)]
    [InlineData("channel", "top-up", "340282366920938463463374607431768211456", "--key", Someone)]
    [InlineData("network", "deploy", "--rpc", "ftp://a", "--key", Someone, "--development-token", "1", "--stake", "1", "--fee", "0")]
    [InlineData("network", "deploy", "--rpc", "http://a", "--key", Someone, "--stake", "1", "--fee", "0")]
    [InlineData("network", "deploy", "--rpc", "http://a", "--key", Someone, "--development-token", "1", "--stake", "1", "--fee", "10001")]
    [InlineData("network", "deploy", "--rpc", "http://a", "--key", Someone, "--development-token", "1", "--stake", "1", "--fee", "70000")]
    [InlineData("demo", "--nodes", "0", "--store", "postgres")]
    [InlineData("demo", "--nodes", "9", "--store", "postgres")]
    [InlineData("demo", "--nodes", "2", "--store", "oracle")]
    [InlineData("demo", "--accountants", "3")]
    [InlineData("demo", "--accountants", "2", "--serve", "folder")]
    [InlineData("channel", "address")]
    [InlineData("channel", "exit", "request")]
    [InlineData("channel", "exit", "--key", Someone, "--amount", "-1")]
    public async Task A_wrong_command_line_is_told_from_a_failure(params string[] arguments)
    {
        var result = await _shell.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Theory]
    [InlineData("demo", "--nodes", "3")]
    [InlineData("demo", "--nodes", "2", "--store", "sqlite")]
    public async Task Several_nodes_over_files_are_refused_with_what_to_do(params string[] arguments)
    {
        var result = await _shell.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("--store postgres", result.Error);
    }

    [Fact]
    public async Task Help_is_a_success_and_names_the_exit_codes()
    {
        var result = await _shell.RunAsync("--help");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("Exit codes", result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"kind": "accountant provider evidence", "version": 99}""")]
    public async Task What_is_no_evidence_is_named_before_anybody_is_asked_for_a_password(string content)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, content);
        var result = await _shell.RunAsync("provider", "recover", "--evidence", path, "--rpc", "http://127.0.0.1:1", "--key", Someone);
        File.Delete(path);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains(content.Length == 0 ? "not a whole evidence file" : "version 99", result.Error);
    }

    [Fact]
    public async Task A_missing_network_file_is_named_with_what_to_do()
    {
        var result = await _shell.RunAsync("channel", "show", Someone, "--network", _shell.PathOf("nowhere.json"));

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("network deploy", result.Error);
    }

    [Theory]
    [InlineData("freeze")]
    [InlineData("unfreeze")]
    [InlineData("channel")]
    public async Task A_socket_at_which_no_node_is_is_named(string command)
    {
        var missing = await _shell.RunAsync("admin", command, Someone, "--socket", _shell.PathOf("missing.socket"));
        Assert.Equal(ExitCode.Failure, missing.ExitCode);
        Assert.Contains("admin.socket", missing.Error);

        var file = _shell.Write("no.socket", "");
        var dead = await _shell.RunAsync("admin", command, Someone, "--socket", file);
        Assert.Equal(ExitCode.Failure, dead.ExitCode);
        Assert.Contains($"No node answers at {file}", dead.Error);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"rpc":"http://a","chainId":1,"token":"0x12","registry":"0x12","accountant":"0x12","node":null,"confirmations":0}""")]
    public async Task A_broken_network_file_is_one_clear_line(string content)
    {
        var file = _shell.Write("network.json", content);

        var result = await _shell.RunAsync("channel", "show", Someone, "--network", file);

        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("is not a network file", result.Error);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task An_interruption_has_its_own_exit_code()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        var file = _shell.Write(
            "network.json",
            $$"""
            {"rpc":"http://127.0.0.1:1","chainId":1,"node":null,"confirmations":0,
             "token":"{{Someone}}","registry":"{{Someone}}","accountant":"{{Someone}}"}
            """);

        var result = await _shell.RunAsync(interrupted.Token, "channel", "show", Someone, "--network", file);

        Assert.Equal(ExitCode.Interrupted, result.ExitCode);
    }
}

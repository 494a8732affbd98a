using System.Text.Json;
using AccountantCluster.Cli.Tests.Support;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Tests.Commands;

/// <summary>
/// A consumer that leaves with commands alone, without a node. The chain's clock is moved, so it is a chain of the test's own.
/// </summary>
public sealed class ExitCommandTests : IAsyncLifetime
{
    private const ulong Deposit = 500;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);
    private static readonly TimeSpan UntilLapsed = TimeSpan.FromDays(12);

    private readonly LocalChain _chain = new();
    private NetworkUnderTest _network = null!;
    private string _consumer = "";

    public async Task InitializeAsync()
    {
        await _chain.InitializeAsync();
        _network = await NetworkUnderTest.DeployAsync(_chain);
        _consumer = _network.NewIdentity(_chain);
        await RunAsync(
            _network.Deployer, "channel", "top-up", $"{Deposit + NetworkUnderTest.RegistrationFee}", "--identity", _consumer);
    }

    public async Task DisposeAsync()
    {
        _network.Dispose();
        await _chain.DisposeAsync();
    }

    [Fact]
    public async Task A_consumer_requests_its_exit_waits_and_takes_everything_back()
    {
        await RefusedAsync("not registered", _consumer, "channel", "exit", "request");
        await RunAsync(_consumer, "identity", "register");
        await RefusedAsync("No exit is requested", _consumer, "channel", "exit", "finalize");
        Assert.Equal("none", Text(await ShowAsync(), "stage"));

        var requested = await RunAsync(_consumer, "channel", "exit", "request", "--to", _network.Deployer);
        Assert.Equal(_network.Deployer, Text(requested, "beneficiary"));
        var (from, until) = (requested.GetProperty("finalizableAt").GetUInt64(), requested.GetProperty("lapsesAt").GetUInt64());
        Assert.Equal((ulong)TimeSpan.FromDays(7).TotalSeconds, until - from);
        var shown = await ShowAsync();
        Assert.Equal(("notice", $"{Deposit}"), (Text(shown, "stage"), Text(shown, "balance")));
        Assert.Equal((from, until), (shown.GetProperty("finalizableAt").GetUInt64(), shown.GetProperty("lapsesAt").GetUInt64()));
        await RefusedAsync("can be finalised from", _consumer, "channel", "exit", "finalize");
        await RefusedAsync("--replace", _consumer, "channel", "exit", "request");

        await _chain.Anvil.AdvanceTimeAsync(Notice);
        Assert.Equal("due", Text(await ShowAsync(), "stage"));
        // Anybody may send it; the money goes where the request says.
        var paid = await RunAsync(_network.Deployer, "channel", "exit", "finalize", "--identity", _consumer);
        Assert.Equal((_network.Deployer, $"{Deposit}"), (Text(paid, "beneficiary"), Text(paid, "paid")));
        Assert.Equal("0", Text(await ShowAsync(), "balance"));
    }

    [Fact]
    public async Task Too_late_is_told_from_too_early_and_another_request_begins_again()
    {
        await RunAsync(_consumer, "identity", "register");
        await RunAsync(_consumer, "channel", "exit", "request");
        await _chain.Anvil.AdvanceTimeAsync(UntilLapsed);

        Assert.Equal("lapsed", Text(await ShowAsync(), "stage"));
        await RefusedAsync("lapsed", _consumer, "channel", "exit", "finalize");
        await RunAsync(_consumer, "channel", "exit", "request");
        var replaced = await RunAsync(_consumer, "channel", "exit", "request", "--replace", "--to", _network.Deployer);
        Assert.Equal(_network.Deployer, Text(replaced, "beneficiary"));
        await _chain.Anvil.AdvanceTimeAsync(Notice);
        Assert.Equal($"{Deposit}", Text(await RunAsync(_consumer, "channel", "exit", "finalize"), "paid"));
    }

    [Fact]
    public async Task An_exit_with_consent_needs_an_accountant_and_says_how_to_leave_without()
    {
        await RunAsync(_consumer, "identity", "register");

        var nowhere = await _network.RunAsync(_consumer, "channel", "exit");
        var away = await _network.RunAsync(_consumer, "channel", "exit", "--node", "http://127.0.0.1:1");

        Assert.Equal((ExitCode.Failure, ExitCode.Failure), (nowhere.ExitCode, away.ExitCode));
        Assert.Contains("--node", nowhere.Error);
        Assert.Contains("channel exit request", away.Error);
    }

    [Fact]
    public async Task Whoever_is_leaving_signs_nothing_new_until_it_is_over()
    {
        await RunAsync(_consumer, "identity", "register");
        var signed = await PayAsync(total: 10);
        Assert.True(signed.ExitCode == ExitCode.Success, signed.Error);
        await RunAsync(_consumer, "channel", "exit", "request");

        var refused = await PayAsync(total: 11);
        Assert.Equal(ExitCode.Failure, refused.ExitCode);
        Assert.Contains("ChannelExiting", refused.Error);
        Assert.Equal(signed.Output, (await PayAsync(total: 10)).Output);

        await _chain.Anvil.AdvanceTimeAsync(UntilLapsed);
        Assert.Equal(ExitCode.Success, (await PayAsync(total: 11)).ExitCode);
    }

    private Task<CommandResult> PayAsync(ulong total)
    {
        var hashlock = new Preimage(Keccak256.Hash("the provider's R"u8)).ToHashlock();
        var invoice = new Invoice(Address.Parse(_network.Deployer), AgreementId.From(1), new Amount(total), hashlock);
        return _network.TypeAsync(invoice.ToText(), _consumer, "pay", _network.Deployer, "--at-most", "10");
    }

    private Task<JsonElement> ShowAsync() => _network.ShowAsync("channel", "exit", "show", _consumer);

    private async Task<JsonElement> RunAsync(string key, params string[] arguments)
    {
        var result = await _network.RunAsync(key, [.. arguments, "--json"]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private async Task RefusedAsync(string says, string key, params string[] arguments)
    {
        var result = await _network.RunAsync(key, arguments);
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains(says, result.Error);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}

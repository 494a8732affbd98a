using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Commands;

/// <summary>A payment by hand, from invoice to settlement, as two people would do it with two terminals.</summary>
public sealed class PaymentCommandTests(LiveNetwork network) : IClassFixture<LiveNetwork>, IAsyncLifetime, IDisposable
{
    private static readonly Amount Deposit = new(10_000);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly PrivateKey _providersKey = PrivateKey.Generate();
    private CommandShell _shell = null!;
    private DemoConsumer _consumerParty = null!;
    private string _consumer = "";
    private string _provider = "";

    public async Task InitializeAsync()
    {
        _shell = new CommandShell(network);
        _consumerParty = (await network.AddConsumersAsync(1, Deposit))[0];
        (_consumer, _provider) = (_shell.Add(_consumerParty.Party.Key), _shell.Add(_providersKey));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _shell.Dispose();
        _consumerParty.Dispose();
        _providersKey.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task A_payment_goes_from_invoice_to_settlement()
    {
        using var input = new LineInput();
        await using var output = new LineOutput();
        var selling = _shell.RunAsync(input, output, TextWriter.Null, _provider, "invoice", _consumer, "500", "--json");
        var invoice = await output.ReadLineAsync(_patience.Token);
        var paying = await _shell.RunAsync(invoice, _consumer, "pay", _provider, "--at-most", "500");
        input.Type("no promise at all");
        input.Type(paying.Output);
        var sold = await output.ReadLineAsync(_patience.Token);

        Assert.Equal(0, await selling);
        Assert.Equal(0, paying.ExitCode);
        Assert.Equal(("500", "495"), (Field(sold, "paid"), Field(sold, "settleable")));
        var standing = await _shell.JsonAsync(_provider, "exchange");
        Assert.Equal(("500", "495", "495"), (Field(standing, "gross"), Field(standing, "promised"), Field(standing, "settleable")));
        Assert.Equal("None", Field(standing, "problem"));
        Assert.Equal(("495", "0"), (Field(await _shell.JsonAsync(_provider, "provider", "risk"), "risk"), Field(standing, "refused")));
        var evidence = await _shell.JsonAsync(_provider, "provider", "evidence");
        Assert.Equal(("495", 1), (Field(evidence, "settleable"), evidence.GetProperty("collectable").GetInt32()));
        // The same invoice again is the same promise, and nothing more.
        Assert.Equal(paying.Output, (await _shell.RunAsync(invoice, _consumer, "pay", _provider, "--at-most", "500")).Output);

        var channel = new ConsumerChannelContract(network.Chain.Client, _consumerParty.Party.Channel);
        await network.HoldsAsync(
            "the node collects it", async () => await channel.GetSettledAsync(BlockReference.Latest) == new Amount(500));
        using var maker = DevelopmentAccounts.Key(1);
        var sender = _shell.Add(maker);
        var settled = await _shell.SettleAsync(_provider, sender, "--fee", "10");
        var again = await _shell.SettleAsync(_provider, sender);

        Assert.Equal(("495", "10", "485"), (Field(settled, "paid"), Field(settled, "fee"), Field(settled, "received")));
        Assert.Equal(("0", "0"), (Field(again, "paid"), Field(again, "unsettled")));
        var watched = await _shell.JsonAsync(_provider, "provider", "watch", "--once");
        Assert.Equal(("495", "0", "0"), (Field(watched, "settled"), Field(watched, "payable"), Field(watched, "risk")));
        Assert.Equal(new Amount(485), await network.Chain.Token.GetBalanceAsync(_providersKey.Address, BlockReference.Latest));
    }

    [Fact]
    public async Task A_consumer_refuses_what_it_does_not_owe_and_the_provider_goes_unpaid()
    {
        using var input = new LineInput();
        await using var output = new LineOutput();
        using var error = new StringWriter();
        var selling = _shell.RunAsync(input, output, error, _provider, "invoice", _consumer, "500");
        var invoice = await output.ReadLineAsync(_patience.Token);

        var tooMuch = await _shell.RunAsync(invoice, _consumer, "pay", _provider, "--at-most", "499");
        var otherProvider = await _shell.RunAsync(invoice, _consumer, "pay", _consumer, "--at-most", "500");
        var noInvoice = await _shell.RunAsync("{}", _consumer, "pay", _provider, "--at-most", "500");
        input.End();

        Assert.Equal(1, tooMuch.ExitCode);
        Assert.Contains("MoreThanAgreed", tooMuch.Error);
        Assert.Equal(1, otherProvider.ExitCode);
        Assert.Contains("WrongProvider", otherProvider.Error);
        Assert.Equal(1, noInvoice.ExitCode);
        Assert.Contains("Neither an invoice nor a rejection", noInvoice.Error);
        Assert.Equal(1, await selling);
        Assert.Contains("Not paid", error.ToString());
    }

    private static string? Field(string line, string name)
    {
        using var document = JsonDocument.Parse(line);
        return Field(document.RootElement, name);
    }

    private static string? Field(JsonElement json, string name) => json.GetProperty(name).GetString();
}

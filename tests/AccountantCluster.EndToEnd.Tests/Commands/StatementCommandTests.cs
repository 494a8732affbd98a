using System.Text.Json;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.OnChain;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Commands;

/// <summary>What became of the money? A consumer and a provider ask a real accountant and a real chain, which agree to the unit.</summary>
public sealed class StatementCommandTests(LiveNetwork network) : IClassFixture<LiveNetwork>, IDisposable
{
    private const ulong Hour = 3_600;

    private static readonly Amount Deposit = new(10_000);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly PrivateKey _providersKey = PrivateKey.Generate();
    private readonly CommandShell _shell = new(network);

    public void Dispose()
    {
        _shell.Dispose();
        _providersKey.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Who_paid_and_who_was_paid_get_statements_that_add_up_with_the_chain_as_witness()
    {
        using var party = (await network.AddConsumersAsync(1, Deposit))[0];
        using var maker = DevelopmentAccounts.Key(1);
        var (consumer, provider, sender) = (_shell.Add(party.Party.Key), _shell.Add(_providersKey), _shell.Add(maker));

        await PayAsync(consumer, provider, "500");
        await HoldsAsync(
            consumer, "the first payment is collected", "channel", statement => Text(statement, "closing", "settled") == "500");
        Assert.Equal("10", (await _shell.SettleAsync(provider, sender, "--fee", "10")).GetProperty("fee").GetString());
        await PayAsync(consumer, provider, "200");

        var earned = await HoldsAsync(
            provider, "the accountant sees what was settled", "provider", statement => Text(statement, "accountant", "settled") == "495");
        var accountant = earned.GetProperty("accountant");
        Assert.Equal(("700", "7", "693"), (Text(accountant, "gross"), Text(accountant, "fees"), Text(accountant, "promised")));
        Assert.Equal(("693", "0"), (Text(accountant, "settleable"), Text(accountant, "notPromised")));
        Assert.True(accountant.GetProperty("isCompared").GetBoolean());
        var payment = Assert.Single(earned.GetProperty("payments").EnumerateArray());
        Assert.Equal(("495", "495", "10"), (Text(payment, "requested"), Text(payment, "paid"), Text(payment, "fee")));
        Assert.Equal(("485", "495"), (Text(payment, "received"), Text(payment, "settled")));
        Assert.Equal(("485", "198"), (Text(earned, "received"), Text(earned, "owed")));
        Assert.Equal("10", Text(earned, "closing", "feesPaid"));

        var spent = await HoldsAsync(
            consumer, "the accountant sees what it collected", "channel", statement => Text(statement, "accountant", "settled") == "700");
        Assert.Equal(
            [
                ("deposited", $"{Deposit + DemoScale.RegistrationFee}", "0"),
                ("registered", "0", $"{DemoScale.RegistrationFee}"),
                ("collected", "0", "500"),
                ("collected", "0", "200"),
            ],
            spent.GetProperty("lines").EnumerateArray().Select(line => (Text(line, "kind"), Text(line, "in"), Text(line, "out"))));
        accountant = spent.GetProperty("accountant");
        Assert.Equal(("10000", "700", "700"), (Text(accountant, "deposited"), Text(accountant, "promised"), Text(accountant, "credited")));
        Assert.Equal(("9300", "700"), (Text(spent, "closing", "balance"), Text(spent, "closing", "settled")));
        Assert.Equal(
            ($"{Deposit + DemoScale.RegistrationFee}", $"{DemoScale.RegistrationFee}", "700", "0"),
            (Text(spent, "sums", "deposited"), Text(spent, "sums", "registration"), Text(spent, "sums", "collected"),
                Text(spent, "sums", "exits")));

        foreach (var (key, noun) in new[] { (provider, "provider"), (consumer, "channel") })
        {
            var (code, output, error) = await _shell.RunAsync("", key, noun, "statement");
            Assert.True(code == 0, error);
            Assert.Contains("It adds up, to the unit", output);
            string[] away = [noun, "statement", "--node", "http://127.0.0.1:1"];
            var refused = await _shell.RunAsync("", key, away);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("--chain-only", refused.Error);
            var alone = await _shell.RunAsync("", key, [.. away, "--chain-only"]);
            Assert.True(alone.ExitCode == 0, alone.Error);
            Assert.Contains("the chain alone", alone.Output);
        }
    }

    [Fact]
    public async Task A_consumer_that_leaves_with_consent_sees_what_is_on_its_way_and_then_what_was_paid()
    {
        using var party = (await network.AddConsumersAsync(1, Deposit))[0];
        var consumer = _shell.Add(party.Party.Key);
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var onChain = new AccountantOnChain(network.Chain.Client, network.Chain.Profile.Accountant);
        var exit = await party.Account.ExitAsync(network.Api, onChain, party.Party.Identity, new Amount(4_000), nonce: 0, now + Hour);

        var leaving = await _shell.JsonAsync(consumer, "channel", "statement");
        Assert.Equal(("6000", "4000"), (Text(leaving, "accountant", "deposited"), Text(leaving, "accountant", "consented")));
        Assert.Equal("10000", Text(leaving, "closing", "balance"));

        await new ExitPayment(network.Chain.Client, network.Chain.Profile)
            .SendAsync(party.Party.Identity, exit, network.Chain.TransactionMaker).WithinAsync(network, "the exit is mined");
        var left = await HoldsAsync(
            consumer, "the accountant sees what was paid", "channel", statement => Text(statement, "accountant", "consented") == "0");
        Assert.Equal(("6000", "4000"), (Text(left, "accountant", "deposited"), Text(left, "sums", "exits")));
        Assert.Equal("consentedExitPaid", left.GetProperty("lines").EnumerateArray().Last().GetProperty("kind").GetString());
    }

    private async Task PayAsync(string consumer, string provider, string amount)
    {
        using var input = new LineInput();
        await using var output = new LineOutput();
        using var error = new StringWriter();
        var selling = _shell.RunAsync(input, output, error, provider, "invoice", consumer, amount, "--json");
        var invoice = await output.ReadLineAsync(_patience.Token);
        var paying = await _shell.RunAsync(invoice, consumer, "pay", provider, "--at-most", amount);
        Assert.True(paying.ExitCode == 0, paying.Error);
        input.Type(paying.Output);
        Assert.True(await selling == 0, error.ToString());
    }

    // Whoever asks at any moment gets a statement that adds up: that is what exit code 0 says.
    private async Task<JsonElement> HoldsAsync(string key, string what, string noun, Func<JsonElement, bool> holds)
    {
        var statement = default(JsonElement);
        await network.HoldsAsync(what, async () => holds(statement = await _shell.JsonAsync(key, noun, "statement")));
        Assert.True(statement.GetProperty("reconciles").GetBoolean());
        return statement;
    }

    private static string? Text(JsonElement json, params string[] path) =>
        path.Aggregate(json, (element, name) => element.GetProperty(name)).GetString();
}

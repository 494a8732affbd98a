using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.WayOut;
using AccountantCluster.EndToEnd.Tests.Commands;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.WayOut;

/// <summary>Leaving an accountant that is gone is a command, with nothing but a file, a key and a chain.</summary>
public sealed class RecoverCommandTests : IClassFixture<GoneNetwork>, IDisposable
{
    private readonly GoneNetwork _network;
    private readonly CommandShell _shell;
    private readonly Dictionary<BereavedProvider, string> _keys = [];
    private readonly string _sender;

    public RecoverCommandTests(GoneNetwork network)
    {
        (_network, _shell) = (network, new CommandShell(network));
        using var maker = DevelopmentAccounts.Key(1);
        _sender = _shell.Add(maker);
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Everything_that_was_promised_comes_back_with_the_loan_to_the_token()
    {
        var provider = _network.Bereaved[0];
        var before = await _network.TokensOfAsync(_network.Chain.Profile.Accountant);
        var (code, result, error) = await RecoverAsync(provider, "--return-loan");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal((provider.Promised, DemoScale.Loan), (Amount(result, "paid"), Amount(result, "returned")));
        Assert.Equal(provider.Promised + DemoScale.Loan, await _network.TokensOfAsync(provider.Beneficiary));
        var after = await _network.TokensOfAsync(_network.Chain.Profile.Accountant);
        Assert.Equal(before + Amount(result, "collected"), after + provider.Promised + DemoScale.Loan);
        var channel = await _network.Chain.Accountant.GetChannelAsync(provider.Key.Address, BlockReference.Latest);
        Assert.Equal((default, default, provider.Promised), (channel.Loan, channel.Balance, channel.Settled));

        var (again, nothing, _) = await RecoverAsync(provider, "--return-loan");
        Assert.Equal((0, 0), (again, nothing.GetProperty("transactions").GetArrayLength()));
    }

    [Fact]
    public async Task What_others_collected_and_settled_before_is_skipped()
    {
        var provider = _network.Bereaved[1];
        var evidence = EvidenceFile.Read(provider.EvidencePath).Evidence;
        var (row, total) = (evidence.Collectable[0], evidence.Settleable!);
        var collect = _network.Chain.Accountant.Collect([new PromiseToCollect(
            row.Promise.Consumer, row.Promise.Amount, row.Promise.Agreement.HashStruct(), row.R, row.Promise.Signature)]);
        await _network.Chain.Deployer.SendAsync(collect).WithinAsync(_network, "the owner collects");
        var settle = _network.Chain.Accountant.SettlePromise(
            new PromiseToSettle(provider.Key.Address, total.Amount, total.R, total.Signature));
        await _network.Chain.Deployer.SendAsync(settle).WithinAsync(_network, "somebody settles what is public");

        var (code, _, error) = await RecoverAsync(provider, "--return-loan");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(provider.Promised + DemoScale.Loan, await _network.TokensOfAsync(provider.Beneficiary));
    }

    [Fact]
    public async Task After_a_month_the_loan_comes_back_and_a_promise_of_a_revoked_key_is_named()
    {
        var provider = _network.Bereaved[2];
        // The other tests' operator is not revoked. Lanes of their own, whose count of transactions is gone with them.
        var before = await _network.Chain.Anvil.SnapshotAsync();
        using (var ownersKey = DevelopmentAccounts.Key(0))
        using (var successor = PrivateKey.Generate())
        {
            using var owner = new TransactionSender(
                _network.Chain.Client, ownersKey, _network.Chain.Profile.ChainId, new TransactionSenderOptions { Confirmations = 0 });
            await owner.SendAsync(_network.Chain.Accountant.AddOperator(successor.Address)).WithinAsync(_network, "a key is added");
            await owner.SendAsync(_network.Chain.Accountant.RevokeOperator(_network.Chain.Operator.Address))
                .WithinAsync(_network, "the other one is revoked");
        }
        await _network.Chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(30)).WithinAsync(_network, "a month is over");

        var (code, result, error) = await RecoverAsync(provider, "--return-loan");
        Assert.Equal(1, code);
        Assert.Contains($"promise of {provider.Promised} cannot be settled", error);
        Assert.Contains("revoked", error);
        Assert.Equal((default, DemoScale.Loan), (Amount(result, "paid"), Amount(result, "returned")));
        Assert.Equal(DemoScale.Loan, await _network.TokensOfAsync(provider.Beneficiary));
        await _network.Chain.Anvil.RevertAsync(before);
    }

    private async Task<(int Code, JsonElement Result, string Error)> RecoverAsync(BereavedProvider provider, params string[] options)
    {
        if (!_keys.TryGetValue(provider, out var key)) _keys[provider] = key = _shell.Add(provider.Key);
        var (code, output, error) = await _shell.RecoverAsync(
            key, provider.EvidencePath, _network.Chain.Endpoint, ["--sender", _sender, "--confirmations", "0", "--json", .. options]);
        Assert.True(output.Length > 0, error);
        using var document = JsonDocument.Parse(output);
        return (code, document.RootElement.Clone(), error);
    }

    private static Amount Amount(JsonElement json, string name) => Protocol.Amount.Parse(json.GetProperty(name).GetString()!);
}

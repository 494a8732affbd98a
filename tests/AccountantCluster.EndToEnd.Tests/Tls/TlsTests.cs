using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.EndToEnd.Tests.Commands;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Tls;

/// <summary>A whole node over TLS, as an operator sets it up and its parties use it.</summary>
public sealed class TlsTests(TlsNetwork network) : IClassFixture<TlsNetwork>, IDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(4));
    private readonly PrivateKey _provider = PrivateKey.Generate();
    private readonly CommandShell _shell = new(network);

    private string Authority => Path.Combine(network.Certificates!, "ca.crt");

    public void Dispose()
    {
        _shell.Dispose();
        _provider.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task A_payment_goes_through_with_the_authority_that_the_node_comes_from()
    {
        Assert.Equal("https", network.Node.Endpoint.Scheme);
        using var party = (await network.AddConsumersAsync(1, new Amount(10_000)))[0];
        var (consumer, provider) = (_shell.Add(party.Party.Key), _shell.Add(_provider));
        using var input = new LineInput();
        await using var output = new LineOutput();
        var selling = _shell.RunAsync(
            input, output, TextWriter.Null, provider, "invoice", consumer, "500", "--json", "--ca-file", Authority);
        var paying = await _shell.RunAsync(await output.ReadLineAsync(_patience.Token), consumer, "pay", provider, "--at-most", "500");
        input.Type(paying.Output);
        await output.ReadLineAsync(_patience.Token);
        Assert.Equal(0, await selling);

        var standing = await _shell.JsonAsync(provider, "exchange", "--ca-file", Authority);
        Assert.Equal("495", standing.GetProperty("settleable").GetString());
    }

    [Fact]
    public async Task A_stream_and_a_call_are_served_over_TLS_alone()
    {
        await using (var stream = network.Api.OpenStream(_provider))
            Assert.Equal(network.Chain.Profile.Accountant, (await stream.OpenAsync(_patience.Token)).Terms.Accountant);
        Assert.Equal(network.Chain.Profile.Accountant, (await network.Api.GetTermsAsync(_patience.Token)).Accountant);

        using var plain = new AccountantApi(new UriBuilder(network.Node.Endpoint) { Scheme = "http" }.Uri, network.Chain.Profile);
        await Assert.ThrowsAsync<AccountantUnavailableException>(() => plain.GetTermsAsync(_patience.Token));
    }

    [Fact]
    public async Task Another_authority_is_refused_and_said_to_be_the_reason()
    {
        var others = await TlsNetwork.MakeAsync(network.Folder.File("others"), _patience.Token);
        foreach (var authority in new[] { Path.Combine(others, "ca.crt"), null })
        {
            using var api = new AccountantApi(
                network.Node.Endpoint, network.Chain.Profile, new ExchangeClientOptions { CertificateAuthorityFile = authority });
            var refusal = await Assert.ThrowsAsync<AccountantUnavailableException>(() => api.GetTermsAsync(_patience.Token));
            Assert.Contains("certificate", refusal.Message, StringComparison.OrdinalIgnoreCase);
        }

        var provider = _shell.Add(_provider);
        var (code, _, error) = await _shell.RunAsync("", provider, "exchange", "--ca-file", Path.Combine(others, "ca.crt"));
        Assert.NotEqual(0, code);
        Assert.Contains("certificate", error, StringComparison.OrdinalIgnoreCase);
        Directory.Delete(others, recursive: true);
    }

    [Fact]
    public async Task A_node_whose_key_everybody_can_read_does_not_start()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new Cli.Demo.DemoFolder(keep: false);
        var certificates = await TlsNetwork.MakeAsync(folder.File("certificates"), _patience.Token);
        var key = Path.Combine(certificates, "node.key");
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);
        var configuration = NodeFiles.Write(folder, network.Chain, new NodeTold { Certificates = certificates });
        var problem = await Assert.ThrowsAsync<ProcessFailedException>(
            () => NodeProcess.StartAsync(configuration, folder, program: null, _patience.Token));
        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }
}

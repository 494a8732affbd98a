using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AccountantCluster.Edge.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests;

/// <summary>TLS by configuration: a real handshake on a real socket.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Whoever_trusts_the_authority_is_served()
    {
        await using var edge = await StartAsync();
        Assert.Equal("https", edge.Address.Scheme);
        using var channel = Trusting(edge.Address, _files.AuthorityFile);
        Assert.NotNull((await AskAsync(edge, channel)).Terms);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_believed()
    {
        using var others = new TestCertificates();
        await using var edge = await StartAsync();
        using var channel = Trusting(edge.Address, others.AuthorityFile);
        await RefusedAsync(edge, channel);
        // Nor by a machine that knows neither.
        await RefusedAsync(edge, edge.Channel);
    }

    [Fact]
    public async Task Plain_text_is_refused_where_TLS_is_on()
    {
        await using var edge = await StartAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{edge.Address.Port}");
        await RefusedAsync(edge, channel);
    }

    [Fact]
    public void Plain_text_leaves_this_machine_only_where_it_is_allowed()
    {
        var options = new EdgeOptions { Terms = TestTerms.Terms, Endpoint = new IPEndPoint(IPAddress.Any, 0) };
        Assert.Throws<EdgeTlsException>(() => new ServiceCollection().AddAccountantEdge(options));
        new ServiceCollection().AddAccountantEdge(options with { AllowPlainText = true });
        new ServiceCollection().AddAccountantEdge(options with { Tls = Tls });
        new ServiceCollection().AddAccountantEdge(options with { Endpoint = new IPEndPoint(IPAddress.IPv6Loopback, 0) });
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_is_named()
    {
        using var others = new TestCertificates();
        var options = new EdgeOptions { Terms = TestTerms.Terms };
        foreach (var tls in new[] { Tls with { KeyFile = others.KeyFile }, Tls with { CertificateFile = "/absent.crt" } })
        {
            var problem = Assert.Throws<EdgeTlsException>(() => new ServiceCollection().AddAccountantEdge(options with { Tls = tls }));
            Assert.Contains(tls.CertificateFile, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, true)]
    [InlineData(UnixFileMode.OtherWrite, true)]
    [InlineData(UnixFileMode.GroupRead, false)]
    public void A_key_that_every_user_can_read_is_refused(UnixFileMode mode, bool isRefused)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_files.KeyFile, File.GetUnixFileMode(_files.KeyFile) | mode);
        var options = new EdgeOptions { Terms = TestTerms.Terms, Tls = Tls };
        var problem = Record.Exception(() => new ServiceCollection().AddAccountantEdge(options));
        if (isRefused) Assert.Contains(_files.KeyFile, Assert.IsType<EdgeTlsException>(problem).Message, StringComparison.Ordinal);
        else Assert.Null(problem);
    }

    private EdgeTls Tls => new(_files.CertificateFile, _files.KeyFile);

    private Task<EdgeUnderTest> StartAsync() => EdgeUnderTest.StartAsync(tls: Tls);

    private static GrpcChannel Trusting(Uri address, string authorityFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    private static async Task<Wire.GetTermsResponse> AskAsync(EdgeUnderTest edge, GrpcChannel channel) =>
        await new Wire.ExchangeService.ExchangeServiceClient(channel).GetTermsAsync(new(), cancellationToken: edge.Patience);

    private static async Task RefusedAsync(EdgeUnderTest edge, GrpcChannel channel)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => AskAsync(edge, channel));
        Assert.Contains(refusal.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal });
    }
}

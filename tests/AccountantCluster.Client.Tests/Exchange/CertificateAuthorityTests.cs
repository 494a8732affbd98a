using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Tests.Support;

namespace AccountantCluster.Client.Tests.Exchange;

/// <summary>An accountant behind TLS, and whom its clients believe.</summary>
public sealed class CertificateAuthorityTests : IAsyncLifetime, IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly HonestAccountant _accountant = new(TestWorld.Profile, TestWorld.Operator);
    private AccountantServer _server = null!;

    public async Task InitializeAsync() => _server = await AccountantServer.StartAsync(_accountant, certificates: _certificates);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task The_named_authority_is_believed()
    {
        using var api = Open(_certificates.AuthorityFile);
        Assert.Equal(_accountant.Terms, await api.GetTermsAsync());
        await using var stream = api.OpenStream(TestWorld.Provider);
        Assert.Equal(_accountant.Terms, (await stream.OpenAsync()).Terms);
    }

    [Fact]
    public async Task Another_authority_or_none_is_not()
    {
        using var others = new TestCertificates();
        foreach (var file in new[] { others.AuthorityFile, null })
        {
            using var api = Open(file);
            await Assert.ThrowsAsync<AccountantUnavailableException>(() => api.GetTermsAsync());
        }
    }

    [Fact]
    public void A_file_without_certificates_is_named()
    {
        foreach (var file in new[] { _certificates.KeyFile, "/absent.crt" })
            Assert.Contains(file, Assert.Throws<CertificateAuthorityException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    private AccountantApi Open(string? authorityFile) =>
        new(_server.Endpoint, TestWorld.Profile, new ExchangeClientOptions { CertificateAuthorityFile = authorityFile });
}

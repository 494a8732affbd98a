using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AccountantCluster.LocalNetwork;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Nodes talk to nodes of their authority, and to nobody else.</summary>
public sealed class RemoteTlsTests : IDisposable
{
    private readonly TestAuthority _own = new();
    private readonly TestAuthority _foreign = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _own.Dispose();
        _foreign.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nodes_of_one_authority_form_a_cluster()
    {
        await using var server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
        var store = new StoreOptions.PostgreSql(await server.CreateDatabaseAsync("accountant"));
        await using var one = await ClusterUnderTest.StartAsync(store, new NodeOptions { Tls = _own.NewNode() });
        await using var other = await ClusterUnderTest.StartAsync(store, new NodeOptions { Tls = _own.NewNode() });

        foreach (var node in (ClusterUnderTest[])[one, other])
            await Eventually.BecomesAsync(() => Task.FromResult(node.MembersUp), up => up == 2);
        Assert.StartsWith("akka.ssl.tcp://", AkkaCluster.Get(one.System).SelfAddress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_shows_a_certificate_of_the_authority_is_listened_to()
    {
        await using var node = await ClusterUnderTest.StartAsync(
            new StoreOptions.Sqlite(_folder.Path), new NodeOptions { Tls = _own.NewNode() });
        var port = AkkaCluster.Get(node.System).SelfAddress.Port!.Value;

        Assert.True(await IsListenedToAsync(port, _own.NewNode()));
        Assert.False(await IsListenedToAsync(port, _foreign.NewNode()));
        Assert.False(await IsListenedToAsync(port, tls: null));
    }

    [Fact]
    public void A_certificate_that_the_others_would_not_believe_is_refused_at_start()
    {
        var problem = Assert.Throws<RemoteTlsException>(() => _foreign.NewNode(believes: _own).Load());
        Assert.Contains("none of the authority", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_missing_are_named()
    {
        var missing = Path.Combine(_folder.Path, "missing.crt");
        var problem = Assert.Throws<RemoteTlsException>(() => new RemoteTls(missing, missing, _own.AuthorityFile).Load());
        Assert.Contains(missing, problem.Message, StringComparison.Ordinal);
    }

    // With TLS 1.3 a client hears after its handshake that it was refused: its first read ends. A node says nothing first.
    private static async Task<bool> IsListenedToAsync(int port, RemoteTls? tls)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port);
        await using var stream = new SslStream(connection.GetStream(), false, (_, shown, _, _) => shown is not null);
        var options = new SslClientAuthenticationOptions { TargetHost = "node" };
        if (tls is not null) options.ClientCertificates = [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            await stream.AuthenticateAsClientAsync(options);
            return await stream.ReadAsync(new byte[1], patience.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }
}

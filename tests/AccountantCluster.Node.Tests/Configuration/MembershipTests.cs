using AccountantCluster.Cluster;
using AccountantCluster.Node.Configuration;

namespace AccountantCluster.Node.Tests.Configuration;

public sealed class MembershipTests : IDisposable
{
    private const string Alone = """ "storage": { "directory": "books" } """;
    private const string Sender = "0x00000000000000000000000000000000000000aa";
    private const string Shared = """ "storage": { "connectionFile": "database.connection" } """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-membership-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_node_does_everything_unless_it_is_told_otherwise() =>
        Assert.Equal(["edge", "channels", "settlement", "signer"], Membership.ReadRoles(Read(Alone)));

    [Theory]
    [InlineData("""["edge"]""", "edge")]
    [InlineData("""["settlement", "channels", "channels"]""", "channels settlement")]
    public void It_has_the_roles_that_it_is_told(string roles, string expected) =>
        Assert.Equal(expected, string.Join(' ', Membership.ReadRoles(Read($$"""{{Shared}}, "cluster": { "roles": {{roles}} }"""))));

    [Theory]
    [InlineData(Shared, "[]", "is empty")]
    [InlineData(Shared, """["edge", "chanels"]""", "'chanels' is none of edge, channels, settlement, signer")]
    [InlineData(Shared, """["Edge"]""", "'Edge' is none of")]
    [InlineData(Shared, "[null]", "is none of")]
    [InlineData(Alone, """["edge", "channels"]""", "nobody else would be 'settlement'")]
    [InlineData(Alone, """["edge", "channels", "settlement"]""", "nobody else would be 'signer'")]
    public void Roles_that_cannot_be_meant_are_refused(string storage, string roles, string problem) => Assert.Contains(
        problem,
        Assert.Throws<ConfigurationException>(
            () => Membership.ReadRoles(Read($$"""{{storage}}, "cluster": { "roles": {{roles}} }"""))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Others_may_reach_it_elsewhere_than_where_it_listens()
    {
        var node = Open(""" "hostname": "127.0.0.1", "port": 4053, "publicHost": "localhost", "publicPort": 30053 """);
        Assert.Equal(("127.0.0.1", 4053, "localhost", 30053), (node.Hostname, node.Port, node.PublicHost, node.PublicPort));
        node = Open(""" "port": 4053 """);
        Assert.Equal(("127.0.0.1", 4053, null, null), (node.Hostname, node.Port, node.PublicHost, node.PublicPort));
    }

    [Theory]
    [InlineData(""" "hostname": "10.0.0.1" """)]
    [InlineData(""" "publicHost": "node-1.example" """)]
    public void Plain_text_stays_on_this_machine(string cluster)
    {
        Assert.Contains("talk TLS", Assert.Throws<ConfigurationException>(() => Open(cluster)).Message, StringComparison.Ordinal);
        Assert.NotNull(Open(cluster + """, "allowPlainText": true"""));
    }

    [Theory]
    [InlineData(""" "publicPort": 0 """)]
    [InlineData(""" "publicPort": 65536 """)]
    [InlineData(""" "publicHost": "" """)]
    public void A_public_address_that_nobody_could_reach_is_refused(string cluster) =>
        Assert.Throws<ConfigurationException>(() => Open(cluster));

    [Theory]
    [InlineData("signer", "operator is missing: this node signs promises")]
    [InlineData("settlement", "settlement.keystore is missing: this node sends transactions")]
    public void A_key_is_asked_for_where_it_is_needed(string role, string problem)
    {
        var refused = Assert.Throws<ConfigurationException>(() => NodeKeys.Open(Read(Shared), [role]));
        Assert.StartsWith(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_do_not_sign_are_not_given_the_operators_key()
    {
        var options = Read(Shared + """, "operator": { "keystore": "operator.json", "passwordFile": "operator.password" }""");
        var refused = Assert.Throws<ConfigurationException>(() => NodeKeys.Open(options, ["channels", "settlement"]));
        Assert.StartsWith("settlement.keystore is missing", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edge")]
    [InlineData("channels")]
    public void Neither_edge_nor_channels_need_a_key(string role)
    {
        using var keys = NodeKeys.Open(Read(Shared), [role]);
        Assert.Equal((null, null), (keys.Signing, keys.Sending));
    }

    [Fact]
    public void A_settlement_key_of_its_own_needs_a_password()
    {
        var options = Read(Shared + """, "settlement": { "keystore": "settlement.json" }""");
        var refused = Assert.Throws<ConfigurationException>(() => NodeKeys.Open(options, ["settlement"]));
        Assert.Contains("belong together", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_that_sends_can_be_kept_by_another_program()
    {
        using var keys = NodeKeys.Open(
            Read(Shared + $$""", "settlement": { "signer": "http://127.0.0.1:9000", "sender": "{{Sender}}" }"""), ["settlement"]);
        Assert.Null(keys.Signing);
        Assert.Equal(Sender, keys.Sending!.Address.ToString());
    }

    [Theory]
    [InlineData(""" "signer": "http://127.0.0.1:9000" """, "belong together")]
    [InlineData($$""" "sender": "{{Sender}}" """, "belong together")]
    [InlineData($$""" "signer": "nowhere", "sender": "{{Sender}}" """, "is no http or https address")]
    [InlineData($$""" "signer": "http://10.0.0.1", "sender": "{{Sender}}" """, "plain http stays on this machine")]
    [InlineData(""" "signer": "https://10.0.0.1", "sender": "0xaa" """, "settlement.sender is no address")]
    [InlineData($$""" "signer": "https://10.0.0.1", "sender": "{{Sender}}", "keystore": "settlement.json" """, "exclude each other")]
    public void A_remote_key_that_cannot_be_meant_is_refused(string settlement, string problem) => Assert.Contains(
        problem,
        Assert.Throws<ConfigurationException>(
            () => NodeKeys.Open(Read($$"""{{Shared}}, "settlement": { {{settlement}} }"""), ["settlement"])).Message,
        StringComparison.Ordinal);

    private NodeOptions Open(string cluster) =>
        Membership.Open(Read($$"""{{Shared}}, "cluster": { {{cluster}} }""").Cluster, NodeRoles.All);

    private NodeConfiguration Read(string rest)
    {
        var file = Path.Combine(_folder.FullName, "node.json");
        File.WriteAllText(
            file, $$"""{ "chain": { "rpc": "http://127.0.0.1:1", "registry": "0x1", "accountant": "0x2" }, {{rest}} }""");
        return NodeConfigurationFile.Read(file);
    }
}

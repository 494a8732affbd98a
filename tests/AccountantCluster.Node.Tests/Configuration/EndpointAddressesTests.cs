using AccountantCluster.Node.Configuration;

namespace AccountantCluster.Node.Tests.Configuration;

/// <summary>Where the Ethereum endpoints are, as the file says it; an access key is in none of the messages.</summary>
public sealed class EndpointAddressesTests : IDisposable
{
    private const string Key = "s3cr3t-access-key";
    private const string One = $"\"https://one.example/v3/{Key}\"";
    private const string Two = $"\"http://user:{Key}@two.example:8545/?key={Key}\"";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-endpoints-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData($"\"rpc\": {One}", "one.example:443")]
    [InlineData($"\"endpoints\": [{One}]", "one.example:443")]
    [InlineData($"\"endpoints\": [{Two}, {One}]", "two.example:8545, one.example:443")]
    [InlineData($"\"endpoints\": [{One}, {Two}], \"agreement\": 1", "one.example:443, two.example:8545")]
    [InlineData($"\"endpoints\": [{One}, {Two}], \"agreement\": 2", "one.example:443, two.example:8545")]
    [InlineData($"\"rpc\": {One}, \"agreement\": 1", "one.example:443")]
    public void They_are_kept_in_their_order_and_shown_without_keys(string chain, string expected) =>
        Assert.Equal(expected, EndpointAddresses.Show(Read(chain)));

    [Theory]
    [InlineData("\"firstBlock\": 1", "chain.rpc is missing")]
    [InlineData("\"endpoints\": []", "chain.endpoints is empty")]
    [InlineData($"\"rpc\": {One}, \"endpoints\": [{Two}]", "exclude each other")]
    [InlineData($"\"rpc\": \"{Key}\"", "chain.rpc is no http or https address")]
    [InlineData($"\"rpc\": \"ws://one.example/{Key}\"", "chain.rpc is no http or https address")]
    [InlineData($"\"endpoints\": [{One}, \"one.example/{Key}\"]", "chain.endpoints[1] is no http or https address")]
    [InlineData($"\"endpoints\": [{One}, null]", "chain.endpoints[1] is no http or https address")]
    [InlineData($"\"endpoints\": [{One}, \"https://:{Key}\"]", "chain.endpoints[1] is no http or https address")]
    [InlineData($"\"endpoints\": [{One}, {Two}, {One}]", "chain.endpoints[0] and chain.endpoints[2] are both one.example:443")]
    [InlineData($"\"endpoints\": [{One}, \"https://ONE.example:443/v3/{Key}2\"]", "are both one.example:443")]
    [InlineData($"\"endpoints\": [{One}, {Two}], \"agreement\": 3", "chain.agreement is 3: so many of 2 endpoints")]
    [InlineData($"\"endpoints\": [{One}, {Two}], \"agreement\": 0", "chain.agreement is 0: so many of 2 endpoints")]
    [InlineData($"\"rpc\": {One}, \"agreement\": 2", "chain.agreement is 2: so many of 1 endpoints")]
    public void What_cannot_be_meant_is_refused_in_one_line(string chain, string problem)
    {
        var message = Assert.Throws<ConfigurationException>(() => EndpointAddresses.Read(Read(chain))).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private NodeConfiguration.ChainSection Read(string chain)
    {
        var file = Path.Combine(_folder.FullName, "node.json");
        File.WriteAllText(
            file, $$"""{ "chain": { {{chain}}, "registry": "0x1", "accountant": "0x2" }, "storage": { "directory": "books" } }""");
        return NodeConfigurationFile.Read(file).Chain;
    }
}

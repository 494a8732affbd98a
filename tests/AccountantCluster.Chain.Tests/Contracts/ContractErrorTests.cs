using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Contracts;

[Collection(LocalNetworkGroup.Name)]
public sealed class ContractErrorTests(LocalNetworkFixture network)
{
    [Theory]
    [InlineData(
        "InvalidSigner(0x70997970c51812dc3a010c7d01b50e0d17dc79c8)",
        "InvalidSigner(address)",
        "0x70997970c51812dc3a010c7d01b50e0d17dc79c8")]
    [InlineData("AlreadySettled(5, 7)", "AlreadySettled(uint256,uint256)", "5", "7")]
    [InlineData("OnlyRegistry()", "OnlyRegistry()")]
    [InlineData(
        "UnknownChannel(0x70997970c51812dc3a010c7d01b50e0d17dc79c8)",
        "UnknownChannel(address)",
        "0x70997970c51812dc3a010c7d01b50e0d17dc79c8")]
    [InlineData("Error(no reason at all)", "Error(string)", "no reason at all")]
    [InlineData("Panic(17)", "Panic(uint256)", "17")]
    [InlineData("no known reason", "NobodyKnowsThis(uint256)", "17")]
    public async Task A_reason_is_named_with_its_arguments(string expected, string signature, params string[] arguments)
    {
        var data = await network.CastAsync(["calldata", signature, .. arguments]);

        Assert.Equal(expected, ContractError.Decode(Convert.FromHexString(data.AsSpan(2))).ToString());
    }

    [Fact]
    public void Broken_data_has_no_known_reason()
    {
        var selector = Keccak256.Hash("AlreadySettled(uint256,uint256)"u8).ToArray()[..4];

        Assert.Equal("", ContractError.Decode(ReadOnlyMemory<byte>.Empty).Name);
        Assert.Equal("", ContractError.Decode(new byte[3]).Name);
        Assert.Equal("", ContractError.Decode((byte[])[.. selector, 1, 2, 3]).Name);
    }
}

using System.Globalization;
using Org.BouncyCastle.Crypto.Digests;

namespace AccountantCluster.Protocol.Tests.Channels;

public sealed class ConsumerChannelAddressTests
{
    private static readonly Address Registry = Address.Parse("0x1000000000000000000000000000000000000001");
    private static readonly Address Implementation = Address.Parse("0x2000000000000000000000000000000000000002");
    private static readonly Address Identity = Address.Parse("0x3000000000000000000000000000000000000003");
    private static readonly Address Accountant = Address.Parse("0x4000000000000000000000000000000000000004");
    private static readonly Address Token = Address.Parse("0x5000000000000000000000000000000000000005");

    [Fact]
    public void Is_CREATE2_over_the_proxy_as_OpenZeppelin_packs_it()
    {
        // Clones._cloneCodeWithImmutableArgs, written as its source has it, and EIP-1014.
        var arguments = Text(Identity) + Text(Accountant) + Text(Token) + Text(Registry);
        var code = "61" + ((arguments.Length / 2) + 0x2d).ToString("x4", CultureInfo.InvariantCulture) + "3d81600a3d39f3363d3d373d3d3d363d73"
            + Text(Implementation) + "5af43d82803e903d91602b57fd5bf3" + arguments;
        var preimage = "ff" + Text(Registry) + new string('0', 24) + Text(Identity) + Keccak(code);
        Assert.Equal("0x" + Keccak(preimage)[24..], Predict().ToString());
    }

    [Fact]
    public void Every_input_changes_the_address()
    {
        var other = Address.Parse("0x6000000000000000000000000000000000000006");
        Address[] addresses =
        [
            Predict(),
            ConsumerChannelAddress.Predict(other, Implementation, Identity, Accountant, Token),
            ConsumerChannelAddress.Predict(Registry, other, Identity, Accountant, Token),
            ConsumerChannelAddress.Predict(Registry, Implementation, other, Accountant, Token),
            ConsumerChannelAddress.Predict(Registry, Implementation, Identity, other, Token),
            ConsumerChannelAddress.Predict(Registry, Implementation, Identity, Accountant, other),
            ConsumerChannelAddress.Predict(Registry, Implementation, Accountant, Identity, Token),
        ];
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
    }

    private static Address Predict() => ConsumerChannelAddress.Predict(Registry, Implementation, Identity, Accountant, Token);

    private static string Text(Address address) => address.ToString()[2..];

    private static string Keccak(string hex)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(Convert.FromHexString(hex));
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }
}

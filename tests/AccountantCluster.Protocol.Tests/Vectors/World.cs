namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>Who and what the vectors are about: the same in every run.</summary>
internal static class World
{
    public static readonly PrivateKey Consumer = TestKeys.Named("consumer");
    public static readonly PrivateKey Provider = TestKeys.Named("provider");
    public static readonly PrivateKey Operator = TestKeys.Named("operator");

    public static readonly Address Accountant = TestKeys.Named("accountant").Address;
    public static readonly Address Registry = TestKeys.Named("registry").Address;
    public static readonly Address Implementation = TestKeys.Named("implementation").Address;
    public static readonly Address Token = TestKeys.Named("token").Address;
    public static readonly Address Beneficiary = TestKeys.Named("beneficiary").Address;
    public static readonly Address TransactionMaker = TestKeys.Named("transaction maker").Address;

    public static readonly Bytes32 ConsumerChannel =
        ChannelId.OfConsumer(ConsumerChannelAddress.Predict(Registry, Implementation, Consumer.Address, Accountant, Token));

    public static readonly Bytes32 ProviderChannel = ChannelId.OfProvider(Provider.Address, Accountant);
    public static readonly Hashlock Hashlock = new Preimage(TestKeys.SecretOf("R")).ToHashlock();
}

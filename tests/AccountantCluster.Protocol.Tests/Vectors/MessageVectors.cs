namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>Every message of protocol §2: ordinary, with the smallest and the largest numbers, and on a second chain.</summary>
internal static class MessageVectors
{
    private const ulong LocalChain = 31337;
    private const ulong OtherChain = 1;

    // 2030-01-01T00:00:00Z.
    private const ulong Deadline = 1_893_456_000;

    private static readonly Amount Ordinary = Amount.Parse("1234567890123456789");
    private static readonly Amount Smallest = new(UInt128.One);
    private static readonly AgreementId LargestId = new(Bytes32.Parse(new string('f', 64)));

    public static IReadOnlyList<MessageVector> All { get; } =
    [
        .. Each(LocalChain, Ordinary, AgreementId.From(7), number: Deadline),
        .. Each(LocalChain, Smallest, AgreementId.From(0), number: 0),
        .. Each(LocalChain, Amount.MaxValue, LargestId, number: ulong.MaxValue),
        .. Each(OtherChain, Ordinary, AgreementId.From(7), number: Deadline),
        // A cover: for no provider (protocol §4 rule 6).
        MessageVector.Of(
            new AccountantDomain(LocalChain, World.Accountant),
            World.Consumer,
            new ConsumerPromise(World.ConsumerChannel, Ordinary, World.Hashlock, default)),
        // A registration without loan, beneficiary and fee.
        MessageVector.Of(
            new AccountantDomain(LocalChain, World.Registry),
            World.Consumer,
            new RegisterIdentity(World.Consumer.Address, World.Accountant, Amount.Zero, Address.Zero, Amount.Zero, Address.Zero, Deadline)),
    ];

    /// <param name="chainId">The blockchain.</param>
    /// <param name="amount">In every field that holds an amount.</param>
    /// <param name="id">Of the agreement.</param>
    /// <param name="number">In every field that holds a time or a counter.</param>
    private static IEnumerable<MessageVector> Each(ulong chainId, Amount amount, AgreementId id, ulong number)
    {
        var (accountant, registry) = (new AccountantDomain(chainId, World.Accountant), new AccountantDomain(chainId, World.Registry));
        var (consumer, provider) = (World.ConsumerChannel, World.ProviderChannel);
        var agreement = new Agreement(World.Provider.Address, id, amount);
        return
        [
            MessageVector.Of(accountant, World.Consumer, new ConsumerPromise(consumer, amount, World.Hashlock, agreement)),
            MessageVector.Of(accountant, World.Operator, new ProviderPromise(provider, amount, World.Hashlock)),
            MessageVector.Of(accountant, World.Provider, new ExchangeSession(World.Provider.Address, TestKeys.SecretOf("challenge"), number)),
            MessageVector.Of(accountant, World.Provider, new SettlementFee(provider, amount, World.TransactionMaker, amount, number)),
            MessageVector.Of(
                registry,
                World.Provider,
                new RegisterIdentity(
                    World.Provider.Address, World.Accountant, amount, World.Beneficiary, amount, World.TransactionMaker, number)),
            MessageVector.Of(accountant, World.Provider, new ReturnLoan(provider, amount, number)),
            MessageVector.Of(accountant, World.Provider, new SetBeneficiary(provider, World.Beneficiary, number, number)),
            MessageVector.Of(accountant, World.Consumer, new RequestExit(consumer, World.Beneficiary, number, number)),
            MessageVector.Of(accountant, World.Consumer, new ConsentExit(consumer, World.Beneficiary, amount, number, number)),
        ];
    }
}

using AccountantCluster.Protocol.Tests.Vectors;

namespace AccountantCluster.Protocol.Tests.Messages;

public sealed class TypedMessageTests
{
    private static readonly AccountantDomain Domain = new(31337, World.Accountant);

    [Fact]
    public void Every_message_of_the_protocol_is_in_code_and_in_the_vectors()
    {
        var inCode = typeof(ITypedMessage).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(ITypedMessage)) && type != typeof(Agreement))
            .Select(type => type.Name);
        Assert.Equal(ProtocolTypes.Messages.Order(), inCode.Order());
        Assert.Equal(ProtocolTypes.Messages.Order(), MessageVectors.All.Select(vector => vector.Type).Distinct().Order());
    }

    [Fact]
    public void Every_vector_recovers_its_signer()
    {
        foreach (var vector in MessageVectors.All)
        {
            Assert.True(Curve.Default.TryRecover(vector.Digest, vector.Signature, out var signer));
            Assert.Equal(vector.Key.Address, signer);
        }
    }

    [Fact]
    public void No_two_vectors_hash_alike() =>
        Assert.Equal(MessageVectors.All.Count, MessageVectors.All.Select(vector => vector.Digest).Distinct().Count());

    [Fact]
    public void A_signature_means_nothing_on_another_chain_or_for_another_contract()
    {
        var promise = new ProviderPromise(World.ProviderChannel, Amount.MaxValue, World.Hashlock);
        Bytes32[] digests =
        [
            Domain.Digest(promise),
            new AccountantDomain(1, World.Accountant).Digest(promise),
            new AccountantDomain(31337, World.Registry).Digest(promise),
        ];
        Assert.Equal(3, digests.Distinct().Count());
    }

    [Fact]
    public void A_consumer_promise_binds_everything_in_it()
    {
        var agreement = new Agreement(World.Provider.Address, AgreementId.From(1), Amount.Parse("10"));
        var promise = new ConsumerPromise(World.ConsumerChannel, Amount.Parse("20"), World.Hashlock, agreement);
        ConsumerPromise[] others =
        [
            promise,
            promise with { ChannelId = World.ProviderChannel },
            promise with { Amount = Amount.Parse("21") },
            promise with { Hashlock = new Hashlock(World.ProviderChannel) },
            promise with { Agreement = agreement with { Provider = World.Consumer.Address } },
            promise with { Agreement = agreement with { Id = AgreementId.From(2) } },
            promise with { Agreement = agreement with { Total = Amount.Parse("11") } },
            promise with { Agreement = default },
        ];
        Assert.Equal(others.Length, others.Select(other => Domain.Digest(other)).Distinct().Count());
    }

    [Fact]
    public void Messages_with_the_same_words_are_told_apart_by_their_type()
    {
        var exit = new RequestExit(World.ConsumerChannel, World.Beneficiary, 1, 2);
        var beneficiary = new SetBeneficiary(World.ConsumerChannel, World.Beneficiary, 1, 2);
        Assert.NotEqual(exit.HashStruct(), beneficiary.HashStruct());
    }
}

using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A provider with a hash chain of its own.</summary>
internal sealed class TestProvider
{
    private readonly HashChain _chain;

    public TestProvider()
    {
        Identity = Keys.Next().Address;
        var secret = Identity.ToBytes32().ToArray();
        _chain = HashChain.Derive(secret, Accountant.Domain.ChainId, Accountant.Domain.VerifyingContract, Identity, instance: 7);
    }

    public Address Identity { get; }

    public Preimage R(uint window) => _chain.R(window);

    public Hashlock Hashlock(uint window) => R(window).ToHashlock();

    public ExchangeRequest Batch(params VerifiedPromise[] promises) => new(Identity, [], promises, Hashlock: null, Position: null);

    /// <summary>Whether a promise is signed by the operator, for this provider.</summary>
    public bool Accepts(SignedProviderPromise signed) =>
        signed.Promise.ChannelId == ChannelId.OfProvider(Identity, Accountant.Domain.VerifyingContract)
        && Curve.Default.TryRecover(Accountant.Domain.Digest(signed.Promise), signed.Signature, out var signer)
        && signer == Accountant.OperatorKey.Address;
}

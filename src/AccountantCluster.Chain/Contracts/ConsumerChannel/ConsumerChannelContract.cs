using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The paying channel of one consumer towards one accountant (paper §4.2). Reads fail with <see cref="AbiException"/> before it is
/// registered.
/// </summary>
public sealed class ConsumerChannelContract(IEthereumClient client, Address address)
{
    private readonly ContractReader _reader = new(client, address);

    /// <summary>Where it is.</summary>
    public Address Address => address;

    /// <summary>Whose channel it is.</summary>
    public Task<Address> GetIdentityAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Identity, data => data.ReadAddress(), block, cancellation);

    /// <summary>Whom it pays.</summary>
    public Task<Address> GetAccountantAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Accountant, data => data.ReadAddress(), block, cancellation);

    /// <summary>Total ever settled out of it.</summary>
    public Task<Amount> GetSettledAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Settled, data => data.ReadAmount(), block, cancellation);

    /// <summary>Pays the accountant min(amount − settled, balance). Anyone may send it.</summary>
    /// <param name="amount">The promise's amount.</param>
    /// <param name="agreementHash"><see cref="Agreement.HashStruct"/> of its agreement.</param>
    /// <param name="preimage">R.</param>
    /// <param name="signature">The consumer's, over the <see cref="ConsumerPromise"/>.</param>
    public ContractCall SettlePromise(Amount amount, Bytes32 agreementHash, Preimage preimage, in Signature signature) =>
        ConsumerChannelAbi.SettlePromise.Call(
            address, new AbiEncoder().Add(amount).Add(agreementHash).Add(preimage.Value).AddBytes(signature.ToArray()));
}

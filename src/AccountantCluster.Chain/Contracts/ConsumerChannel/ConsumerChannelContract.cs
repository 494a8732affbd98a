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

    /// <summary>The token that it pays with.</summary>
    public Task<Address> GetTokenAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Token, data => data.ReadAddress(), block, cancellation);

    /// <summary>The registry that deployed it.</summary>
    public Task<Address> GetRegistryAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Registry, data => data.ReadAddress(), block, cancellation);

    /// <summary>What the next signed request must carry.</summary>
    public Task<ulong> GetNonceAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.Nonce, data => data.ReadUInt64(), block, cancellation);

    /// <summary>The latest exit request; null for none.</summary>
    public Task<ExitRequestOnChain?> GetExitRequestAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(ConsumerChannelAbi.ExitRequest, ExitRequestOnChain.Read, block, cancellation);

    /// <summary>Pays the accountant min(amount − settled, balance). Anyone may send it.</summary>
    /// <param name="amount">The promise's amount.</param>
    /// <param name="agreementHash"><see cref="Agreement.HashStruct"/> of its agreement.</param>
    /// <param name="preimage">R.</param>
    /// <param name="signature">The consumer's, over the <see cref="ConsumerPromise"/>.</param>
    public ContractCall SettlePromise(Amount amount, Bytes32 agreementHash, Preimage preimage, in Signature signature) =>
        ConsumerChannelAbi.SettlePromise.Call(
            address, new AbiEncoder().Add(amount).Add(agreementHash).Add(preimage.Value).AddBytes(signature.ToArray()));

    /// <summary>Announces that the consumer takes all of its tokens back, in 4 days; replaces an earlier request. Anyone may send it.</summary>
    public ContractCall RequestExit(in RequestExit message, in Signature signature) => ConsumerChannelAbi.RequestExit.Call(
        address, new AbiEncoder().Add(message.Beneficiary).Add(message.Nonce).Add(message.Deadline).AddBytes(signature.ToArray()));

    /// <summary>Pays all tokens to the beneficiary of the request, from 4 to 11 days after it. Anyone may send it.</summary>
    public ContractCall FinalizeExit() => ConsumerChannelAbi.FinalizeExit.Call(address);

    /// <summary>Pays exactly the amount at once. Anyone may send it.</summary>
    /// <param name="message">What both signed.</param>
    /// <param name="signature">By the consumer.</param>
    /// <param name="operatorSignature">By a key that signs for the accountant.</param>
    public ContractCall ConsentExit(in ConsentExit message, in Signature signature, in Signature operatorSignature) =>
        ConsumerChannelAbi.ConsentExit.Call(
            address,
            new AbiEncoder()
                .Add(message.Beneficiary)
                .Add(message.Amount)
                .Add(message.Nonce)
                .Add(message.Deadline)
                .AddBytes(signature.ToArray())
                .AddBytes(operatorSignature.ToArray()));

    /// <summary>Sends all of a foreign token to the consumer. Anyone may send it.</summary>
    public ContractCall RescueTokens(Address foreignToken) =>
        ConsumerChannelAbi.RescueTokens.Call(address, new AbiEncoder().Add(foreignToken));

    /// <summary>Sends all ether to the consumer. Anyone may send it.</summary>
    public ContractCall RescueEther() => ConsumerChannelAbi.RescueEther.Call(address);
}

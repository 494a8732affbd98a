using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The accountant's <c>PromiseSettled</c>: a provider was paid.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Beneficiary">Who got the tokens.</param>
/// <param name="Requested">The promise's amount.</param>
/// <param name="Paid">What was there to pay, the fee included.</param>
/// <param name="Fee">What the transaction maker got of it.</param>
/// <param name="Settled">Total of the channel after it.</param>
/// <param name="Lock">R, public from now on; zero where an operator paid without a promise.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ProviderPromiseSettled(
    Address Provider, Address Beneficiary, Amount Requested, Amount Paid, Amount Fee, Amount Settled, Preimage Lock, LogEntry Log)
    : IContractEvent<ProviderPromiseSettled>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } =
        new("PromiseSettled(address indexed,address indexed,uint256,uint256,uint256,uint256,bytes32)");

    /// <inheritdoc/>
    public static ProviderPromiseSettled Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(),
        indexed.ReadAddress(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        data.ReadAmount(),
        new Preimage(data.ReadBytes32()),
        log);
}

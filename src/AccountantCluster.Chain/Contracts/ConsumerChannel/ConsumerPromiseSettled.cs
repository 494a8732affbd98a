using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// A consumer channel's <c>PromiseSettled</c>: tokens went from the consumer to the accountant. The channel is the log's contract.
/// </summary>
/// <param name="Accountant">Who was paid.</param>
/// <param name="Requested">The promise's amount.</param>
/// <param name="Paid">What was there to pay.</param>
/// <param name="Settled">Total of the channel after it.</param>
/// <param name="Lock">R, public from now on.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record ConsumerPromiseSettled(
    Address Accountant, Amount Requested, Amount Paid, Amount Settled, Preimage Lock, LogEntry Log) : IContractEvent<ConsumerPromiseSettled>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("PromiseSettled(address indexed,uint256,uint256,uint256,bytes32)");

    /// <inheritdoc/>
    public static ConsumerPromiseSettled Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), data.ReadAmount(), new Preimage(data.ReadBytes32()), log);
}

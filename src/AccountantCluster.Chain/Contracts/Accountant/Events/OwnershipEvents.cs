using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The accountant was offered to a new owner.</summary>
/// <param name="PreviousOwner">Who offers it.</param>
/// <param name="NewOwner">Who may accept; zero where an offer was taken back.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record OwnershipTransferStarted(
    Address PreviousOwner, Address NewOwner, LogEntry Log)
    : IContractEvent<OwnershipTransferStarted>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("OwnershipTransferStarted(address indexed,address indexed)");

    /// <inheritdoc/>
    public static OwnershipTransferStarted Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), indexed.ReadAddress(), log);
}

/// <summary>The accountant has a new owner.</summary>
/// <param name="PreviousOwner">Zero when the accountant was registered.</param>
/// <param name="NewOwner">Who owns it now.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record OwnershipTransferred(Address PreviousOwner, Address NewOwner, LogEntry Log) : IContractEvent<OwnershipTransferred>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("OwnershipTransferred(address indexed,address indexed)");

    /// <inheritdoc/>
    public static OwnershipTransferred Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), indexed.ReadAddress(), log);
}

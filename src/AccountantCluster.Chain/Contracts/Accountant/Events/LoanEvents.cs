using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Tokens were lent; loan and balance rose by as much.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Loan">Its loan after it.</param>
/// <param name="Added">By how much.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record LoanIncreased(Address Provider, Amount Loan, Amount Added, LogEntry Log) : IContractEvent<LoanIncreased>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("LoanIncreased(address indexed,uint256,uint256)");

    /// <inheritdoc/>
    public static LoanIncreased Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadAmount(), data.ReadAmount(), log);
}

/// <summary>A loan was given back, wholly or in part; loan and balance fell by as much.</summary>
/// <param name="Provider">Whose channel.</param>
/// <param name="Beneficiary">Who got the tokens.</param>
/// <param name="Requested">The signed total of returns.</param>
/// <param name="Paid">By this return.</param>
/// <param name="Returned">Total ever returned, this return included.</param>
/// <param name="Loan">The channel's loan after it.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record LoanReturned(
    Address Provider, Address Beneficiary, Amount Requested, Amount Paid, Amount Returned, Amount Loan, LogEntry Log)
    : IContractEvent<LoanReturned>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("LoanReturned(address indexed,address indexed,uint256,uint256,uint256,uint256)");

    /// <inheritdoc/>
    public static LoanReturned Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(
            indexed.ReadAddress(),
            indexed.ReadAddress(),
            data.ReadAmount(),
            data.ReadAmount(),
            data.ReadAmount(),
            data.ReadAmount(),
            log);
}

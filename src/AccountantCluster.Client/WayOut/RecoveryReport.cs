using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>What a recovery did, by its transactions' own events, and what stays open. Amounts in token base units.</summary>
public sealed record RecoveryReport
{
    /// <summary>The transactions, in their order; none where everything was done before.</summary>
    public IReadOnlyList<Bytes32> Transactions { get; init; } = [];

    /// <summary>Consumers' promises that were collected.</summary>
    public int CollectedRows { get; init; }

    /// <summary>What they brought into the accountant's contract.</summary>
    public Amount Collected { get; init; }

    /// <summary>What was paid for the accountant's promise, fees included.</summary>
    public Amount Paid { get; init; }

    /// <summary>What of it transaction makers got.</summary>
    public Amount Fees { get; init; }

    /// <summary>What was returned of the loan.</summary>
    public Amount Returned { get; init; }

    /// <summary>Who received it.</summary>
    public Address Beneficiary { get; init; }

    /// <summary>Promised, and still not settled: the same evidence settles it when there is money again.</summary>
    public Amount Unsettled { get; init; }

    /// <summary>Still lent to the accountant.</summary>
    public Amount Loan { get; init; }

    /// <summary>Guaranteed of what is open.</summary>
    public Amount Balance { get; init; }

    /// <summary>Consumers' promises that would bring something and were not needed, or not worth it.</summary>
    public int RowsLeft { get; init; }

    /// <summary>What stays open and why, in words: no money, a revoked key, a window that stays closed. Empty where nothing does.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>Consumers' promises that the contract refused, in words: somebody was faster, mostly.</summary>
    public IReadOnlyList<string> FailedRows { get; init; } = [];
}

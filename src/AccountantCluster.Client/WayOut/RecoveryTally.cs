using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>Adds up what the transactions of a recovery did, from their receipts alone.</summary>
/// <param name="evidence">What it began with.</param>
/// <param name="hasRun">Whether everything was done that can be done; else what is open is only not done yet.</param>
internal sealed class RecoveryTally(ProviderEvidence evidence, bool hasRun = true)
{
    private readonly bool _hasRun = hasRun;
    private readonly List<Bytes32> _transactions = [];
    private readonly List<string> _failed = [];
    private Amount _collected;
    private Amount _paid;
    private Amount _fees;
    private Amount _returned;
    private int _rows;

    public int Transactions => _transactions.Count;

    public void Add(TransactionReceipt receipt)
    {
        var accountant = evidence.Profile.Accountant;
        _transactions.Add(receipt.TransactionHash);
        foreach (var log in receipt.Logs)
        {
            if (!log.TryRead<ConsumerPromiseSettled>(out var settled) || settled.Accountant != accountant) continue;
            _collected += settled.Paid;
            _rows++;
        }
        foreach (var settled in receipt.Events<ProviderPromiseSettled>(accountant).Where(log => log.Provider == evidence.Provider))
        {
            _paid += settled.Paid;
            _fees += settled.Fee;
        }
        foreach (var returned in receipt.Events<LoanReturned>(accountant).Where(log => log.Provider == evidence.Provider))
            _returned += returned.Paid;
        foreach (var failed in receipt.Events<RowFailed>(accountant))
            _failed.Add($"The promise in channel {failed.Subject.ToChecksumString()} was not collected: {failed.Error}.");
    }

    /// <summary>What one transaction of a watch did.</summary>
    public WatchSettlement ToSettlement(DateTimeOffset at, SettlementReason reason) =>
        new(at, reason, _transactions[^1], _collected, _paid, _fees);

    public RecoveryReport Report(OpenedEvidence opened, RecoverySight sight, RecoveryOptions options) => new()
    {
        Transactions = [.. _transactions],
        CollectedRows = _rows,
        Collected = _collected,
        Paid = _paid,
        Fees = _fees,
        Returned = _returned,
        Beneficiary = sight.Channel.Beneficiary.IsZero ? evidence.Provider : sight.Channel.Beneficiary,
        Unsettled = sight.Preview.Unsettled,
        Loan = sight.Channel.Loan,
        Balance = sight.Channel.Balance,
        RowsLeft = sight.Rows.Count(row => !row.Worth.IsZero),
        Open = [.. Open(opened, sight, options)],
        FailedRows = [.. _failed],
    };

    private IEnumerable<string> Open(OpenedEvidence opened, RecoverySight sight, RecoveryOptions options)
    {
        var because = _hasRun ? ": the accountant has no money for it now" : "";
        if (sight.Worthless is { } worthless)
        {
            var since = worthless.Validity.Until == 0
                ? "no key of this accountant"
                : worthless.Validity.From > sight.Block.Timestamp
                    ? $"a key that is valid only from {Time(worthless.Validity.From)}"
                    : $"a key that was revoked, and has not been valid since {Time(worthless.Validity.Until)}";
            yield return $"The accountant's promise of {worthless.Amount} cannot be settled: it is signed by "
                + $"{worthless.Signer.ToChecksumString()}, {since}. The contract pays for valid keys alone.";
        }
        foreach (var window in opened.Closed)
        {
            yield return $"Window {window.Position.Window} stays closed, under which the accountant promised {window.Held!.Amount}: "
                + (window.AtStake.IsZero
                    ? "only the provider's own key opens it."
                    : $"opening it lets the accountant collect {window.AtStake} that it has not promised.");
        }
        if (!sight.Preview.Unsettled.IsZero)
            yield return $"{sight.Preview.Unsettled} are promised and not settled{because}.";
        if (options.ReturnLoan && !sight.Channel.Loan.IsZero)
            yield return $"{sight.Channel.Loan} of the loan are not returned{because}.";
    }

    private static string Time(ulong seconds) => $"{DateTimeOffset.FromUnixTimeSeconds((long)seconds):yyyy-MM-dd HH:mm:ss}Z";
}

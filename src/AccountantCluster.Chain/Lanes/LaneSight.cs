namespace AccountantCluster.Chain;

/// <summary>
/// What one look at the chain showed, read in this order: a transaction that was counted is in a block by the time that receipts are read.
/// </summary>
/// <param name="Head">Height of the newest block.</param>
/// <param name="ConfirmedCount">Transactions that the sender had sent at the newest confirmed block.</param>
/// <param name="PendingCount">Transactions that it has sent, those included that wait for nothing but a block.</param>
/// <param name="Gas">What gas costs now.</param>
/// <param name="Transactions">By nonce, what is known of each order under way; one that is missing could not be read.</param>
public sealed record LaneSight(
    ulong Head,
    ulong ConfirmedCount,
    ulong PendingCount,
    FeeSuggestion Gas,
    IReadOnlyDictionary<ulong, TransactionSight> Transactions);

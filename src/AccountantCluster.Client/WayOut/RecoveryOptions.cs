using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>What a provider chooses when it leaves an accountant.</summary>
public sealed record RecoveryOptions
{
    /// <summary>
    /// Whether the loan is taken back, too, as far as the balance reaches. It needs the provider's key.
    /// </summary>
    public bool ReturnLoan { get; init; }

    /// <summary>
    /// Whether windows are opened under which something was unanswered or refused: what the accountant promised under them is paid, and it
    /// may collect what it did not promise.
    /// </summary>
    public bool OpenUnanswered { get; init; }

    /// <summary>
    /// Consumers' promises in one transaction. Each costs 31,000 gas, 48,000 where its channel never paid, so that so many stay below half
    /// of what one transaction may use (EIP-7825); where that is still too much, fewer are tried.
    /// </summary>
    public int RowsPerTransaction { get; init; } = 150;

    /// <summary>A consumer's promise that brings less is left out, in token base units: what its gas costs, or more.</summary>
    public Amount MinimumRow { get; init; } = new(1);
}

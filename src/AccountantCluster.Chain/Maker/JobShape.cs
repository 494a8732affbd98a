namespace AccountantCluster.Chain;

/// <summary>As much of a job as its price depends on.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="HasLoan">A registration with a loan or a beneficiary.</param>
/// <param name="Rows">Consumers' promises in a recovery.</param>
public readonly record struct JobShape(JobKind Kind, bool HasLoan = false, int Rows = 0)
{
    // Above what contracts/GAS.md measures, with first-time writes: the contracts do not change.
    private const ulong Registration = 135_000;
    private const ulong RegistrationWithLoan = 235_000;
    private const ulong Settlement = 120_000;
    private const ulong Recovery = 190_000;
    private const ulong RecoveryRow = 45_000;

    /// <summary>Gas that it needs.</summary>
    public ulong Gas => Kind switch
    {
        JobKind.Register => HasLoan ? RegistrationWithLoan : Registration,
        JobKind.Settle => Settlement,
        _ => Recovery + (RecoveryRow * (ulong)Rows),
    };
}

namespace AccountantCluster.Client.Statements;

/// <summary>How much of a chain one statement covers. What lies beyond is said, never left out in silence.</summary>
public static class StatementLimits
{
    /// <summary>
    /// Lines of one statement: what a person or a spreadsheet still looks through, and some megabytes. A longer history is cut after the
    /// last whole block, and the statement is true of that block; the next one goes on behind it.
    /// </summary>
    public const int Lines = 10_000;

    /// <summary>
    /// Blocks of one statement: nodes give logs of 2,000 blocks at a time, so this is 2,500 requests per kind of line, some minutes at a
    /// public node (all kinds are read side by side). Nearly two years of a chain with a block every 12 seconds.
    /// </summary>
    public const ulong Blocks = 5_000_000;

    /// <summary>Addresses in one question for logs: nodes take long lists badly, and a provider changes its beneficiary seldom.</summary>
    public const int AddressesPerQuestion = 100;

    /// <summary>
    /// How often a statement is begun anew where its block was replaced while it was read. A confirmed block is not, so that more often
    /// means that the node cannot be believed.
    /// </summary>
    public const int Attempts = 3;
}

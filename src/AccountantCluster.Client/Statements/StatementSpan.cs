using AccountantCluster.Chain;

namespace AccountantCluster.Client.Statements;

/// <summary>Which blocks a statement covers.</summary>
/// <param name="FromBlock">The first one; the opening totals are those before it.</param>
/// <param name="ToBlock">The last one, confirmed: the closing totals are its own.</param>
/// <param name="IsCut">
/// Whether the chain goes on with more lines than one statement holds (<see cref="StatementLimits.Lines"/>): the next one begins behind
/// this one's last block.
/// </param>
public sealed record StatementSpan(ulong FromBlock, BlockPosition ToBlock, bool IsCut)
{
    /// <summary>Whether a block is one of them.</summary>
    public bool Covers(ulong block) => block >= FromBlock && block <= ToBlock.Number;

    /// <summary>Whether the totals at the end of a block follow from opening totals and lines.</summary>
    public bool KnowsTotalsAt(ulong block) => block <= ToBlock.Number && (block >= FromBlock || block + 1 == FromBlock);
}

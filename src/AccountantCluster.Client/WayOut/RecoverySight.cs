using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>What one block says of a provider's evidence. Amounts in token base units.</summary>
/// <param name="Block">Which block.</param>
/// <param name="Channel">The provider's channel.</param>
/// <param name="Withdrawable">Free money of the accountant, from which settlements are paid first.</param>
/// <param name="Totals">The accountant's promises, highest first, each with the validity of the key that signed it.</param>
/// <param name="Rows">Consumers' promises, each with what it would bring.</param>
internal sealed record RecoverySight(
    Block Block,
    ProviderChannelOnChain Channel,
    Amount Withdrawable,
    IReadOnlyList<TotalOnChain> Totals,
    IReadOnlyList<RowOnChain> Rows)
{
    /// <summary>The highest promise that can be settled, because its key is valid now; null for none.</summary>
    public TotalOnChain? Total => Totals.FirstOrDefault(total => total.IsValidAt(Block.Timestamp));

    /// <summary>A promise that is worth more, and nothing, because its key is not valid; null for none.</summary>
    public TotalOnChain? Worthless => Totals is [var first, ..] && first != Total && first.Amount > Channel.Settled ? first : null;

    /// <summary>What settling the best promise would do.</summary>
    public SettlementPreview Preview =>
        new(Total?.Amount ?? Amount.Zero, Channel.Settled, Channel.Balance, Withdrawable);

    /// <summary>What of promises and loan the balance does not cover: what collecting can bring to safety.</summary>
    public Amount AtRisk => Preview.Unsettled.SaturatingAdd(Channel.Loan).SaturatingSubtract(Channel.Balance);
}

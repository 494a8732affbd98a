using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.WayOut;

/// <summary>What a provider's books say at a moment.</summary>
/// <param name="Evidence">What it can leave with.</param>
/// <param name="Risk">What it stands to lose.</param>
/// <param name="IsRiskNearLimit">Whether that is close to its limit.</param>
public sealed record BooksView(ProviderEvidence Evidence, ProviderRisk Risk, bool IsRiskNearLimit)
{
    /// <summary>A provider's account as it stands.</summary>
    public static BooksView Of(ProviderAccount account) => new(account.CaptureEvidence(), account.Status.Risk, account.IsRiskNearLimit);
}

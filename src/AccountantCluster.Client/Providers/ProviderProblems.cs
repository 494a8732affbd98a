namespace AccountantCluster.Client.Providers;

/// <summary>What a window that cannot be closed means for the provider.</summary>
internal static class ProviderProblems
{
    public static ProviderProblem Of(CloseOutcome outcome) => outcome switch
    {
        CloseOutcome.Closable => ProviderProblem.None,
        CloseOutcome.TooMuchRefused or CloseOutcome.NothingAccepted => ProviderProblem.TooMuchRefused,
        CloseOutcome.NotPromised => ProviderProblem.Underpaid,
        _ => ProviderProblem.AccountantUnavailable,
    };
}

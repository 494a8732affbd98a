using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>The last line of <c>demo --accountants 2 --json</c>. Amounts in token base units, as decimal strings.</summary>
/// <param name="Accountants">How many there were.</param>
/// <param name="PromisesAccepted">By both, counted by the clients.</param>
/// <param name="EarnedAfterwards">What the providers earned from the one that stayed once the other was gone, before fees.</param>
/// <param name="Providers">How each provider stands with both.</param>
/// <param name="Minted">Everything that was ever minted.</param>
/// <param name="Balances">Every party's tokens at one block.</param>
/// <param name="Conserved">Whether every token is accounted for.</param>
/// <param name="Seconds">How long payments streamed.</param>
/// <param name="Failure">What went wrong; null where nothing did.</param>
internal sealed record VanishingResult(
    int Accountants,
    long PromisesAccepted,
    Amount EarnedAfterwards,
    IReadOnlyList<ProviderOfBoth> Providers,
    Amount Minted,
    IReadOnlyDictionary<string, Amount> Balances,
    bool Conserved,
    double Seconds,
    string? Failure)
{
    /// <summary>Whether everything went as it must.</summary>
    public bool IsSuccess => Conserved && Failure is null && !EarnedAfterwards.IsZero;
}

using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo;

/// <summary>The last line of <c>demo --json</c>. Amounts in token base units, as decimal strings.</summary>
/// <param name="PromisesAccepted">Counted by the clients.</param>
/// <param name="Rejected">Refused promises by reason, counted by the clients.</param>
/// <param name="ConsumersPromised">By the consumers' own books.</param>
/// <param name="ProvidersPromised">By the providers' own books.</param>
/// <param name="ProvidersPaidOnChain">Settled out of the provider channels.</param>
/// <param name="ConsumersSettledOnChain">Settled out of the consumer channels.</param>
/// <param name="Fees">The accountant's, by the providers' own books.</param>
/// <param name="FreeTokens">The accountant's own tokens above its fees.</param>
/// <param name="Minted">Everything that was ever minted.</param>
/// <param name="Balances">Every party's tokens at the block.</param>
/// <param name="Block">The block that everything was read at; 0 where it did not come to that.</param>
/// <param name="Batches">The node's transactions: what they did, in how many channels, and the gas.</param>
/// <param name="Departures">Consumers who took money back.</param>
/// <param name="Recovered">What a provider took back without the accountant; null where it did not.</param>
/// <param name="Conserved">Whether every token is accounted for.</param>
/// <param name="DoubleSpendRefused">By which name; null where it was not.</param>
/// <param name="ForgedSignatureRefused">By which name; null where it was not.</param>
/// <param name="Curve">Which implementation signed and verified in the clients.</param>
/// <param name="Nodes">How many nodes there were.</param>
/// <param name="Seconds">How long payments streamed.</param>
/// <param name="Failure">What went wrong; null where nothing did.</param>
internal sealed record DemoResult(
    long PromisesAccepted,
    IReadOnlyDictionary<string, long> Rejected,
    Amount ConsumersPromised,
    Amount ProvidersPromised,
    Amount ProvidersPaidOnChain,
    Amount ConsumersSettledOnChain,
    Amount Fees,
    Amount FreeTokens,
    Amount Minted,
    IReadOnlyDictionary<string, Amount> Balances,
    ulong Block,
    IReadOnlyList<BatchOnChain> Batches,
    IReadOnlyList<MoneyTakenBack> Departures,
    MoneyRecovered? Recovered,
    bool Conserved,
    string? DoubleSpendRefused,
    string? ForgedSignatureRefused,
    string Curve,
    int Nodes,
    double Seconds,
    string? Failure)
{
    /// <summary>Whether everything went as it must.</summary>
    public bool IsSuccess =>
        Conserved && DoubleSpendRefused is not null && ForgedSignatureRefused is not null && Recovered is not null && Failure is null;
}

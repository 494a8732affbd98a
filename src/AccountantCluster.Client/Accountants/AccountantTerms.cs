using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Accountants;

/// <summary>What an accountant says of itself and allows (protocol §4). Amounts in token base units.</summary>
/// <param name="ChainId">The blockchain.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Token">The token.</param>
/// <param name="FeeBasisPoints">Its fee in hundredths of a per cent. A provider reckons with what the chain says, not with this.</param>
/// <param name="ExposureLimit">E: unrevealed credit per (consumer channel, provider).</param>
/// <param name="WindowLimit">W: unrevealed hashlocks per (consumer channel, provider).</param>
/// <param name="ProviderLimit">K: providers with unrevealed credit per consumer channel.</param>
/// <param name="MinimumFirstPayment">Smallest first payment of an agreement.</param>
/// <param name="BatchLimit">Promises per batch.</param>
/// <param name="RequestsInFlightLimit">Unanswered batches per stream.</param>
public sealed record AccountantTerms(
    ulong ChainId,
    Address Accountant,
    Address Registry,
    Address Token,
    uint FeeBasisPoints,
    Amount ExposureLimit,
    int WindowLimit,
    int ProviderLimit,
    Amount MinimumFirstPayment,
    int BatchLimit,
    int RequestsInFlightLimit)
{
    /// <summary>The most that a consumer may promise before its registration is mined; zero where it may not.</summary>
    public Amount OpeningLimit { get; init; }

    /// <summary>Whether this is the accountant that the user means.</summary>
    public bool Fits(AccountantProfile profile) =>
        (ChainId, Accountant, Registry, Token) == (profile.ChainId, profile.Accountant, profile.Registry, profile.Token);
}

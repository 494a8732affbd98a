using AccountantCluster.Protocol;

namespace AccountantCluster.Channels;

/// <summary>
/// What an accountant allows on its channels (protocol §4 rules 6 and 7). Chosen by the operator, published in the stream's opening answer.
/// The accountant can lose at most <see cref="ProviderLimit"/> × <see cref="ExposureLimit"/> per consumer channel.
/// </summary>
/// <param name="ExposureLimit">E: unrevealed credit per (consumer channel, provider), in token base units.</param>
/// <param name="WindowLimit">W: unrevealed hashlocks per (consumer channel, provider).</param>
/// <param name="ProviderLimit">K: providers with unrevealed credit per consumer channel.</param>
/// <param name="MinimumFirstPayment">Smallest first payment of an agreement, in token base units: an agreement costs storage.</param>
public sealed record ChannelPolicy(Amount ExposureLimit, int WindowLimit, int ProviderLimit, Amount MinimumFirstPayment);

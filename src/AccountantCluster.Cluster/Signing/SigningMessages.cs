using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// Asks for a signature under a total that the journal holds. Answered with a <see cref="TotalSigned"/>; not answered at all where the
/// signer could not find out. Asking again is harmless.
/// </summary>
/// <param name="Provider">Whose channel it is.</param>
/// <param name="Total">What was authorised.</param>
/// <param name="Number">Of the channel's last event.</param>
internal sealed record SignTotal(Address Provider, SignedTotal Total, long Number) : IChannelMessage;

/// <summary>What became of it.</summary>
/// <param name="Promise">The signed promise; null: refused.</param>
internal sealed record TotalSigned(SignedProviderPromise? Promise) : IChannelMessage;

/// <summary>
/// Asks for a signature under an exit that the journal consents to. Answered with an <see cref="ExitSigned"/>, like <see
/// cref="SignTotal"/>.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Consent">What both sides agree on.</param>
/// <param name="Number">Of the channel's last event.</param>
internal sealed record SignExit(Address Channel, ExitConsent Consent, long Number) : IChannelMessage;

/// <summary>What became of it.</summary>
/// <param name="Signature">The operator's signature; null: refused.</param>
internal sealed record ExitSigned(Signature? Signature) : IChannelMessage;

using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// One accountant over gRPC: the connection that all identities of a process share, and the calls that need no stream. Safe for concurrent
/// use.
/// </summary>
public sealed class AccountantApi : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Wire.ExitService.ExitServiceClient _exits;
    private readonly Wire.OpeningService.OpeningServiceClient _openings;
    private readonly Wire.RecoveryService.RecoveryServiceClient _recovery;
    private readonly ExchangeClientOptions _options;
    private readonly ICurve _curve;
    private readonly TimeProvider _time;

    /// <summary>A connection to an accountant; it opens with the first call.</summary>
    /// <param name="endpoint">Where its edge listens: http://host:port or https://host:port.</param>
    /// <param name="profile">Who it is meant to be.</param>
    /// <param name="options">Deadlines.</param>
    /// <param name="curve">Signs sessions; the machine's fastest by default.</param>
    /// <param name="time">The clock that sessions and deadlines go by.</param>
    /// <exception cref="CertificateAuthorityException">The file of authorities is not one of certificates, or cannot be read.</exception>
    public AccountantApi(
        Uri endpoint, AccountantProfile profile, ExchangeClientOptions? options = null, ICurve? curve = null, TimeProvider? time = null)
    {
        Profile = profile;
        _options = options ?? new ExchangeClientOptions();
        _curve = curve ?? Curve.Default;
        _time = time ?? TimeProvider.System;
        _channel = Connection.Open(endpoint, _options);
        Client = new Wire.ExchangeService.ExchangeServiceClient(_channel);
        _exits = new Wire.ExitService.ExitServiceClient(_channel);
        _openings = new Wire.OpeningService.OpeningServiceClient(_channel);
        _recovery = new Wire.RecoveryService.RecoveryServiceClient(_channel);
    }

    /// <summary>Who the accountant is meant to be.</summary>
    public AccountantProfile Profile { get; }

    internal Wire.ExchangeService.ExchangeServiceClient Client { get; }

    /// <summary>A provider's stream: the way for everybody who exchanges more than now and then.</summary>
    public ExchangeStreamClient OpenStream(PrivateKey provider) => new(this, Client, Signer(provider), _options, _time);

    /// <summary>The unary twin of the stream, one call per batch, for those who exchange now and then.</summary>
    public ExchangeUnaryClient OpenUnary(PrivateKey provider) => new(this, Signer(provider), _options, _time);

    /// <summary>The accountant's terms.</summary>
    /// <exception cref="AccountantUnavailableException">It cannot be reached, or is another one than meant.</exception>
    public async Task<AccountantTerms> GetTermsAsync(CancellationToken cancellation = default)
    {
        var response = await CallAsync(options => Client.GetTermsAsync(new Wire.GetTermsRequest(), options), cancellation);
        return Check((response.Terms ?? throw WireMapping.Malformed("terms are missing")).ToTerms(), Profile);
    }

    /// <summary>What the accountant knows of an identity's own channels.</summary>
    /// <exception cref="AccountantUnavailableException">It cannot be reached, or refuses.</exception>
    public Task<ChannelOverview> GetChannelAsync(PrivateKey identity, CancellationToken cancellation = default) =>
        GetChannelAsync(Signer(identity), cancellation);

    /// <summary>
    /// Hands a registration in before it is mined, whoever signed it; asking again is harmless. For a consumer that pays on it there is
    /// <see cref="ConsumerAccount.OpenAsync"/>.
    /// </summary>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached.</exception>
    public async Task<OpeningAnswer> OpenChannelAsync(SignedRegistration registration, CancellationToken cancellation = default)
    {
        var request = registration.ToWire();
        return (await CallAsync(options => _openings.OpenChannelAsync(request, options), cancellation)).ToOpening();
    }

    internal async Task<ChannelOverview> GetChannelAsync(SessionSigner signer, CancellationToken cancellation)
    {
        var session = await OpenSessionAsync(signer, cancellation);
        var request = new Wire.GetChannelRequest { Session = session };
        var response = await CallAsync(options => Client.GetChannelAsync(request, options), cancellation);
        return ChannelOverview.Read(response);
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    internal async Task<LatestPromise> GetLatestAsync(SessionSigner signer, CancellationToken cancellation)
    {
        var provider = (await GetChannelAsync(signer, cancellation)).Provider;
        return new LatestPromise(provider.LatestPromise, provider.LatestPosition);
    }

    /// <summary>Asks the operator to sign an exit; null with the reason where it does not, or not yet.</summary>
    internal async Task<(RejectionReason Reason, Signature? Signature)> ConsentToExitAsync(
        PrivateKey consumer, SignedExit exit, CancellationToken cancellation)
    {
        var request = exit.ToWire();
        request.Session = await OpenSessionAsync(Signer(consumer), cancellation);
        return (await CallAsync(options => _exits.ConsentToExitAsync(request, options), cancellation)).ToConsent();
    }

    internal async Task<EvidenceAnswer> SubmitEvidenceAsync(
        SessionSigner signer, SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation)
    {
        var request = new Wire.SubmitEvidenceRequest { Session = await OpenSessionAsync(signer, cancellation), Total = total?.ToWire() };
        request.Promises.AddRange(promises.Select(WireMapping.ToWire));
        var response = await CallAsync(options => _recovery.SubmitEvidenceAsync(request, options), cancellation);
        return response.ToAnswer(promises.Count);
    }

    internal static AccountantTerms Check(AccountantTerms terms, AccountantProfile profile) => terms.Fits(profile)
        ? terms
        : throw new AccountantUnavailableException(
            $"The endpoint serves {terms.Accountant} on chain {terms.ChainId}, not {profile.Accountant} on chain {profile.ChainId}.");

    internal async Task<Wire.Session> OpenSessionAsync(SessionSigner signer, CancellationToken cancellation)
    {
        var response = await CallAsync(options => Client.CreateChallengeAsync(new Wire.CreateChallengeRequest(), options), cancellation);
        return signer.Sign(response.Challenge);
    }

    private SessionSigner Signer(PrivateKey identity) => new(Profile, identity, _options, _curve, _time);

    private Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation) =>
        Connection.CallAsync(call, _options.AnswerDeadline, _time, Repetition.ToException, cancellation);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>
/// accountant.v1 on a real socket, over the product's own channel rules; a test may cut, delay, reorder and bend what it answers.
/// </summary>
internal sealed class AccountantServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AccountantServer(WebApplication app, Behaviour behaviour, Uri endpoint) => (_app, Told, Endpoint) = (app, behaviour, endpoint);

    public Behaviour Told { get; }

    public Uri Endpoint { get; }

    public static async Task<AccountantServer> StartAsync(HonestAccountant accountant, int port = 0, TestCertificates? certificates = null)
    {
        var behaviour = new Behaviour(accountant);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(behaviour);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (certificates is not null)
                    listen.UseHttps(X509Certificate2.CreateFromPemFile(certificates.CertificateFile, certificates.KeyFile));
            }));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new AccountantServer(app, behaviour, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        Told.Cut();
        await _app.DisposeAsync();
        Told.Dispose();
    }

    /// <summary>What the accountant does, and what it saw.</summary>
    internal sealed class Behaviour(HonestAccountant accountant) : IDisposable
    {
        private readonly Lock _lock = new();
        private CancellationTokenSource _cut = new();
        private int _atWork;

        public HonestAccountant Accountant => accountant;

        /// <summary>Runs for every batch after it was done and before it is answered; null means no answer.</summary>
        public Func<Wire.Batch, Wire.Answer, Task<Wire.Answer?>> Bend { get; set; } = (_, answer) => Task.FromResult<Wire.Answer?>(answer);

        public RejectionReason RefuseSessions { get; set; }

        public List<Wire.Batch> Batches { get; } = [];

        public int Sessions { get; private set; }

        public int Peak { get; private set; }

        public CancellationToken CutToken
        {
            get { lock (_lock) return _cut.Token; }
        }

        public void Dispose() => _cut.Dispose();

        /// <summary>Ends every stream at once.</summary>
        public void Cut()
        {
            CancellationTokenSource old;
            lock (_lock) (old, _cut) = (_cut, new CancellationTokenSource());
            old.Cancel();
            old.Dispose();
        }

        public Address Authenticate(Wire.Session session, ByteString challenge)
        {
            var message = new ExchangeSession(new Address(session.Provider.Span), new Bytes32(challenge.Span), session.Deadline);
            var isSigned = Signature.TryParse(session.Signature.Span, out var signature)
                && Curve.Default.TryRecover(accountant.Profile.Domain.Digest(message), signature, out var signer)
                && signer == message.Provider
                && session.Challenge == challenge;
            if (!isSigned) throw Refuse(RejectionReason.Unauthenticated, StatusCode.Unauthenticated);
            if (RefuseSessions != RejectionReason.None) throw Refuse(RefuseSessions, StatusCode.Unavailable);
            lock (_lock) Sessions++;
            return message.Provider;
        }

        public async Task<Wire.Answer?> ProcessAsync(Address provider, Wire.Batch batch)
        {
            lock (_lock)
            {
                Batches.Add(batch);
                Peak = Math.Max(Peak, ++_atWork);
            }
            try
            {
                return await Bend(batch, Answer(provider, batch));
            }
            finally
            {
                lock (_lock) _atWork--;
            }
        }

        public static RpcException Refuse(RejectionReason reason, StatusCode code) =>
            new(new Status(code, reason.ToName()), new Metadata { { Wire.ReasonTrailer.Name, reason.ToName() } });

        private Wire.Answer Answer(Address provider, Wire.Batch batch)
        {
            var answer = accountant.Exchange(provider, new ExchangeBatch(
                [.. batch.Promises.Select(promise => promise.ToSigned())],
                new ChainPosition(batch.Position.Instance, batch.Position.Window),
                [.. batch.Reveals.Select(r => new Preimage(new Bytes32(r.Span)))],
                batch.Hashlock.IsEmpty ? null : new Hashlock(new Bytes32(batch.Hashlock.Span))));
            var wire = new Wire.Answer
            {
                RequestId = batch.RequestId,
                Reason = (Wire.RejectionReason)answer.Reason,
                Promise = answer.Promise is { } promise ? ToWire(promise) : null,
                Promised = Number(answer.Promised),
            };
            wire.Reveals.AddRange(answer.Reveals.Select(reason => (Wire.RejectionReason)reason));
            wire.Promises.AddRange(answer.Promises.Select(result => new Wire.PromiseResult
            {
                Reason = (Wire.RejectionReason)result.Reason,
                Credited = Number(result.Credited),
                Expected = result.Expected is { } expected ? Number(expected) : ByteString.Empty,
                Proof = result.Proof?.ToWire(),
            }));
            return wire;
        }
    }

    private static ByteString Number(Amount amount) => ByteString.CopyFrom(AccountantCluster.Protocol.WireFormat.ToWire(amount));

    private static Wire.ProviderPromise ToWire(AccountantPromise promise) => new()
    {
        Amount = Number(promise.Amount),
        Hashlock = promise.Hashlock.Value.ToWire(),
        Signature = ByteString.CopyFrom(promise.Signature.ToArray()),
    };

    private static Wire.ChainPosition ToWire(ChainPosition position) =>
        new() { Instance = position.Instance, Window = position.Window };

    private static Wire.Terms ToWire(HonestAccountant accountant)
    {
        var terms = accountant.Terms;
        return new Wire.Terms
        {
            ChainId = terms.ChainId,
            Accountant = terms.Accountant.ToWire(),
            Registry = terms.Registry.ToWire(),
            Token = terms.Token.ToWire(),
            FeeBasisPoints = terms.FeeBasisPoints,
            ExposureLimit = Number(terms.ExposureLimit),
            WindowLimit = (uint)terms.WindowLimit,
            ProviderLimit = (uint)terms.ProviderLimit,
            MinimumFirstPayment = Number(terms.MinimumFirstPayment),
            BatchLimit = (uint)terms.BatchLimit,
            RequestsInFlightLimit = (uint)terms.RequestsInFlightLimit,
        };
    }

    private sealed class Service(Behaviour behaviour) : Wire.ExchangeService.ExchangeServiceBase
    {
        // One for all unary calls is enough here.
        private static readonly ByteString UnaryChallenge = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32));

        public override Task<Wire.GetTermsResponse> GetTerms(Wire.GetTermsRequest request, ServerCallContext context) =>
            Task.FromResult(new Wire.GetTermsResponse { Terms = ToWire(behaviour.Accountant) });

        public override Task<Wire.CreateChallengeResponse> CreateChallenge(
            Wire.CreateChallengeRequest request, ServerCallContext context) =>
            Task.FromResult(new Wire.CreateChallengeResponse { Challenge = UnaryChallenge });

        public override async Task<Wire.ExchangeResponse> Exchange(Wire.ExchangeRequest request, ServerCallContext context)
        {
            var provider = behaviour.Authenticate(request.Session, UnaryChallenge);
            var answer = await behaviour.ProcessAsync(provider, request.Batch);
            if (answer is null) throw Behaviour.Refuse(RejectionReason.OutcomeUnknown, StatusCode.Unavailable);
            return new Wire.ExchangeResponse { Answer = answer };
        }

        public override Task<Wire.GetChannelResponse> GetChannel(Wire.GetChannelRequest request, ServerCallContext context)
        {
            var identity = behaviour.Authenticate(request.Session, UnaryChallenge);
            var consumer = behaviour.Accountant.ConsumerOf(identity);
            var (provider, latest) = (behaviour.Accountant.ProviderOf(identity), behaviour.Accountant.Open(identity).Latest);
            var response = new Wire.GetChannelResponse
            {
                Provider = new Wire.ProviderChannel
                {
                    Gross = Number(provider.Gross),
                    LatestPromise = latest.Promise is { } promise ? ToWire(promise) : null,
                    LatestPosition = latest.Position is { } position ? ToWire(position) : null,
                },
            };
            if (!consumer.Facts.Registered) return Task.FromResult(response);
            response.Consumer = new Wire.ConsumerChannel
            {
                Channel = behaviour.Accountant.Profile.ChannelOf(identity).ToWire(),
                Deposited = Number(consumer.Facts.Deposited),
                Promised = Number(consumer.Promised),
                Credited = Number(consumer.Credited),
                LatestPromise = HonestAccountant.ToSigned(consumer.Latest)?.ToWire(),
            };
            return Task.FromResult(response);
        }

        public override async Task ExchangeStream(
            IAsyncStreamReader<Wire.ExchangeStreamRequest> requestStream,
            IServerStreamWriter<Wire.ExchangeStreamResponse> responseStream,
            ServerCallContext context)
        {
            var cut = behaviour.CutToken;
            await using var abort = cut.Register(() => context.GetHttpContext().Abort());
            var challenge = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32));
            await responseStream.WriteAsync(new Wire.ExchangeStreamResponse { Challenge = challenge });
            if (!await requestStream.MoveNext(cut)) return;
            var provider = behaviour.Authenticate(requestStream.Current.Session, challenge);
            await responseStream.WriteAsync(new Wire.ExchangeStreamResponse { Opened = Describe(provider) });

            using var writing = new SemaphoreSlim(1);
            var working = new List<Task>();
            try
            {
                while (await requestStream.MoveNext(cut)) working.Add(AnswerAsync(requestStream.Current.Batch));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // Cut.
            }
            await Task.WhenAll(working);

            async Task AnswerAsync(Wire.Batch batch)
            {
                if (await behaviour.ProcessAsync(provider, batch) is not { } answer) return;
                await writing.WaitAsync(CancellationToken.None);
                try
                {
                    if (!cut.IsCancellationRequested) await responseStream.WriteAsync(new Wire.ExchangeStreamResponse { Answer = answer });
                }
                catch (Exception exception) when (exception is InvalidOperationException or IOException or OperationCanceledException)
                {
                    // Cut meanwhile.
                }
                finally
                {
                    writing.Release();
                }
            }
        }

        private Wire.SessionOpened Describe(Address provider)
        {
            var latest = behaviour.Accountant.Open(provider).Latest;
            return new Wire.SessionOpened
            {
                Terms = ToWire(behaviour.Accountant),
                LatestPromise = latest.Promise is { } promise ? ToWire(promise) : null,
                LatestPosition = latest.Position is { } position ? ToWire(position) : null,
            };
        }
    }
}

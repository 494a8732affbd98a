using System.Net;
using AccountantCluster.Cluster;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>A real edge on Kestrel with a real client; only what is behind the seam is in memory.</summary>
internal sealed class EdgeUnderTest : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly WebApplication _app;

    private EdgeUnderTest(WebApplication app, GrpcChannel channel, InMemoryExchange exchange, SettableTime time) =>
        (_app, Channel, Exchange, Time) = (app, channel, exchange, time);

    public GrpcChannel Channel { get; }

    /// <summary>Where it listens: http or https.</summary>
    public Uri Address { get; private init; } = null!;

    public InMemoryExchange Exchange { get; }

    public SettableTime Time { get; }

    public AccountantFee Fee => Services.GetRequiredService<AccountantFee>();

    public InMemoryEvidence Evidence { get; private init; } = null!;

    public InMemoryExits Exits { get; private init; } = null!;

    public InMemoryOpenings Openings { get; private init; } = null!;

    public SettableStanding Standing { get; private init; } = null!;

    public Wire.OpeningService.OpeningServiceClient OpeningClient => new(Channel);

    public Wire.ExitService.ExitServiceClient ExitClient => new(Channel);

    public Wire.ExchangeService.ExchangeServiceClient Client => new(Channel);

    public Wire.RecoveryService.RecoveryServiceClient Recovery => new(Channel);

    public IServiceProvider Services => _app.Services;

    /// <summary>Every call of a test ends with this at the latest.</summary>
    public CancellationToken Patience => _patience.Token;

    public static async Task<EdgeUnderTest> StartAsync(
        EdgeLimits? limits = null, EdgeTls? tls = null, AccountantTerms? terms = null)
    {
        var (exchange, evidence, time) = (new InMemoryExchange(), new InMemoryEvidence(), new SettableTime());
        exchange.Register(TestKeys.Alice);
        exchange.Register(TestKeys.Bob);
        // Empty: the usual builder watches configuration files, and the number of watchers per user is limited.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IExchange>(exchange);
        builder.Services.AddSingleton(new AccountantFee(250));
        builder.Services.AddSingleton<IEvidence>(evidence);
        builder.Services.AddSingleton<IOperators>(evidence);
        var exits = new InMemoryExits();
        builder.Services.AddSingleton<IExits>(exits);
        var openings = new InMemoryOpenings();
        builder.Services.AddSingleton<IOpenings>(openings);
        builder.Services.AddSingleton<IChannelFunds>(openings);
        var standing = new SettableStanding();
        builder.Services.AddSingleton<INodeStanding>(standing);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddAccountantEdge(new EdgeOptions
        {
            Terms = terms ?? TestTerms.Terms,
            Limits = limits ?? new EdgeLimits(),
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Tls = tls,
        });
        var app = builder.Build();
        app.MapAccountantEdge();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new EdgeUnderTest(app, GrpcChannel.ForAddress(address), exchange, time)
        {
            Address = new Uri(address),
            Evidence = evidence,
            Exits = exits,
            Openings = openings,
            Standing = standing,
        };
    }

    /// <summary>A stream before its session.</summary>
    public StreamUnderTest Stream(CancellationToken cancellation = default) =>
        new(this, Client.ExchangeStream(cancellationToken: cancellation == default ? Patience : cancellation));

    /// <summary>A stream with its session open.</summary>
    public async Task<StreamUnderTest> OpenAsync(PrivateKey identity, CancellationToken cancellation = default)
    {
        var stream = Stream(cancellation);
        await stream.OpenAsync(identity);
        return stream;
    }

    /// <summary>A session's signature over a challenge.</summary>
    public Wire.Session Sign(PrivateKey identity, ByteString challenge, TimeSpan? deadlineIn = null)
    {
        var deadline = (ulong)(Time.GetUtcNow() + (deadlineIn ?? TimeSpan.FromMinutes(1))).ToUnixTimeSeconds();
        var message = new ExchangeSession(identity.Address, new Bytes32(challenge.Span), deadline);
        return new Wire.Session
        {
            Provider = ByteString.CopyFrom(identity.Address.ToArray()),
            Challenge = challenge,
            Deadline = deadline,
            Signature = ByteString.CopyFrom(Curve.Default.Sign(TestTerms.Domain.Digest(message), identity).ToArray()),
        };
    }

    /// <summary>A session for one unary call.</summary>
    public async Task<Wire.Session> SignUnaryAsync(PrivateKey identity)
    {
        var response = await Client.CreateChallengeAsync(new(), cancellationToken: Patience);
        return Sign(identity, response.Challenge);
    }

    public Task StopAsync() => _app.StopAsync(Patience);

    /// <summary>Waits until something is true of the edge that it does not announce.</summary>
    public async Task EventuallyAsync(Func<bool> isTrue)
    {
        while (!isTrue()) await Task.Delay(5, Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
        _patience.Dispose();
    }
}

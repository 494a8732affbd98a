using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AccountantCluster.Protocol;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Edge;

/// <summary>Puts the edge into a host.</summary>
public static class AccountantEdgeExtensions
{
    private const string MakerServiceName = "accountant.v1.TransactionMakerService";
    private const string EdgeCheck = "edge";
    private const string MakerCheck = "maker";

    private static readonly string[] ServiceNames =
        ["accountant.v1.ExchangeService", "accountant.v1.RecoveryService", "accountant.v1.ExitService", "accountant.v1.OpeningService"];

    /// <summary>
    /// The edge's services and its listener. The host brings <see cref="Cluster.INodeStanding"/>; where promises are taken,
    /// <see cref="Cluster.Exchange.IExchange"/>, <see cref="Cluster.IExits"/>, <see cref="Cluster.IOpenings"/>,
    /// <see cref="Cluster.IEvidence"/>, <see cref="Cluster.IOperators"/>, <see cref="Cluster.IChannelFunds"/> and the
    /// <see cref="Cluster.AccountantFee"/>; where transactions are sent, <see cref="Cluster.ITransactionMaker"/> and an
    /// <see cref="Chain.IEthereumClient"/>. The curve and the clock are its to replace. It is given as much longer to stop as the edge may
    /// need.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit makes no sense.</exception>
    /// <exception cref="EdgeTlsException">The certificate cannot be used, or plain text would leave this machine.</exception>
    public static IServiceCollection AddAccountantEdge(this IServiceCollection services, EdgeOptions options)
    {
        options.Validate();
        services.TryAddSingleton(Curve.Default);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton<VerificationPool>();
        services.AddSingleton<StreamGate>();
        services.AddSingleton<Drain>();
        services.AddSingleton<ItemsInFlight>();
        services.AddSingleton<EdgeMetrics>();
        services.AddSingleton<CallGuard>();
        if (options.Terms is { } terms) services.AddPromises(terms, options.Limits);
        if (options.SendsTransactions) services.AddTransactions();

        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = options.Limits.MessageBytes);
        // The limit on a message is one before it is unpacked, and signatures do not compress. The library adds its defaults late, so this
        // comes later.
        services.PostConfigure<GrpcServiceOptions>(grpc => grpc.CompressionProviders.Clear());
        services.AddGrpcReflection();
        var checks = services.AddGrpcHealthChecks(health =>
        {
            // All of it together, and each service.
            health.Services.Map("", check => check.Name == EdgeCheck);
            if (options.Terms is not null) Array.ForEach(ServiceNames, name => health.Services.Map(name, check => check.Name == EdgeCheck));
            if (options.SendsTransactions) health.Services.Map(MakerServiceName, _ => true);
        }).AddCheck<EdgeHealthCheck>(EdgeCheck);
        if (options.SendsTransactions) checks.AddCheck<MakerHealthCheck>(MakerCheck);
        services.PostConfigure<HostOptions>(host => host.ShutdownTimeout += options.Limits.DrainDeadline);
        services.AddLogging(logging => logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.Critical));
        var certificate = options.Tls?.Load();
        services.Configure<KestrelServerOptions>(kestrel => Listen(kestrel, options, certificate));
        return services;
    }

    /// <summary>The services of what the edge takes, the standard health service and reflection.</summary>
    public static void MapAccountantEdge(this IEndpointRouteBuilder endpoints)
    {
        var guard = endpoints.ServiceProvider.GetRequiredService<CallGuard>();
        var options = endpoints.ServiceProvider.GetRequiredService<EdgeOptions>();
        if (options.Terms is not null)
        {
            endpoints.MapGrpcService<ExchangeGrpcService>().Add(guard.Wrap);
            endpoints.MapGrpcService<RecoveryGrpcService>().Add(guard.Wrap);
            endpoints.MapGrpcService<ExitGrpcService>().Add(guard.Wrap);
            endpoints.MapGrpcService<OpeningGrpcService>().Add(guard.Wrap);
        }
        if (options.SendsTransactions) endpoints.MapGrpcService<MakerGrpcService>().Add(guard.Wrap);
        endpoints.MapGrpcHealthChecksService().Add(guard.Wrap);
        endpoints.MapGrpcReflectionService().Add(guard.Wrap);
    }

    private static void AddPromises(this IServiceCollection services, AccountantTerms terms, EdgeLimits limits)
    {
        services.AddSingleton(terms);
        services.AddSingleton<CurrentTerms>();
        services.AddSingleton(new KnownConsumers(limits.KnownConsumers));
        services.AddSingleton<PromiseCheck>();
        services.AddSingleton<PromiseVerifier>();
        services.AddSingleton<SessionVerifier>();
        services.AddSingleton<UnaryChallenges>();
        services.AddSingleton<UnarySessions>();
        services.AddSingleton<BadPromises>();
        services.AddSingleton<BatchProcessor>();
        services.AddSingleton<StreamServices>();
        services.AddSingleton<UnaryCalls>();
        services.AddSingleton<ExchangeGrpcService>();
        services.AddSingleton<EvidenceCheck>();
        services.AddSingleton<EvidenceProcessor>();
        services.AddSingleton<RecoveryGrpcService>();
        services.AddSingleton<ConsentProcessor>();
        services.AddSingleton<ExitGrpcService>();
        services.AddSingleton<OpeningGate>();
        services.AddSingleton<OpeningProcessor>();
        services.AddSingleton<OpeningGrpcService>();
    }

    private static void AddTransactions(this IServiceCollection services)
    {
        services.AddSingleton<MakerReader>();
        services.AddSingleton<MakerProcessor>();
        services.AddSingleton<MakerGate>();
        services.AddSingleton<MakerGrpcService>();
    }

    private static void Listen(
        KestrelServerOptions kestrel, EdgeOptions options, (X509Certificate2 Certificate, X509Certificate2Collection Chain)? tls)
    {
        var limits = options.Limits;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.CallsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = limits.KeepAlive;
        kestrel.Limits.Http2.KeepAlivePingTimeout = limits.KeepAlive;
        // What a caller may send ahead of being read: two messages of a stream, and four of a connection.
        kestrel.Limits.Http2.InitialStreamWindowSize = Math.Max(2 * limits.MessageBytes, 65_535);
        kestrel.Limits.Http2.InitialConnectionWindowSize = Math.Max(4 * limits.MessageBytes, 65_535);
        kestrel.Listen(options.Endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (tls is not var (certificate, chain)) return;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ServerCertificateChain = chain,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                HandshakeTimeout = limits.SessionOpenDeadline,
            });
        });
    }
}

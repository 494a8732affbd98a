using System.Net.Sockets;
using AccountantCluster.Cluster;
using AccountantCluster.Cluster.Exchange;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Admin;

/// <summary>
/// A server of its own on the admin's socket. It shares neither listener nor routes with the edge, so nothing of it can be reached over the
/// edge's address, and nothing of the edge here.
/// </summary>
internal sealed class AdminHost(AdminOptions options, IExchange exchange, IChannelControl control, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    // Requests name an identity.
    private const int MessageBytes = 1_024;

    private readonly string _path = Path.GetFullPath(options.Socket);
    private WebApplication? _app;

    /// <inheritdoc/>
    /// <exception cref="AdminSocketException">The socket cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        AdminSocket.MakeRoom(_path);
        _app = Build();
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new AdminSocketException($"{options.Socket} cannot be opened: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MessageBytes);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(exchange);
        builder.Services.AddSingleton(control);
        builder.Services.AddSingleton<AdminGrpcService>();
        builder.Services.Configure<KestrelServerOptions>(
            kestrel => kestrel.ListenUnixSocket(_path, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<SocketTransportOptions>(
            transport => transport.CreateBoundListenSocket = endpoint => AdminSocket.Bind((UnixDomainSocketEndPoint)endpoint, _path));
        var app = builder.Build();
        app.MapGrpcService<AdminGrpcService>();
        return app;
    }
}

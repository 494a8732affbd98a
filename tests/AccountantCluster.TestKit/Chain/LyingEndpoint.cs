using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AccountantCluster;

/// <summary>
/// A JSON-RPC endpoint on a free port of 127.0.0.1, in front of a real node: it passes on what it is asked, and what the node answers, but
/// for its lies. Single calls and batches.
/// </summary>
internal sealed class LyingEndpoint : IAsyncDisposable
{
    // An access key as providers hand them out, so that tests see where one would be shown.
    public const string AccessKey = "s3cr3t-access-key";

    private static readonly TimeSpan NodeDeadline = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly HttpClient _http = new() { Timeout = NodeDeadline };
    private readonly CancellationTokenSource _closing = new();
    private readonly Uri _node;
    private volatile Lies _lies = Lies.None;
    private int _calls;

    private LyingEndpoint(Uri node)
    {
        _node = node;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Where it listens, with an access key in the path.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it does to the truth, from the next request on.</summary>
    public Lies Lies
    {
        get => _lies;
        set => _lies = value;
    }

    /// <summary>Calls that it was asked, each of a batch for itself.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>An endpoint that tells the truth until it is told otherwise.</summary>
    public static async Task<LyingEndpoint> StartAsync(Uri node)
    {
        var endpoint = new LyingEndpoint(node);
        await endpoint._app.StartAsync();
        endpoint.Address = new Uri(new Uri(endpoint._app.Urls.Single()), $"v3/{AccessKey}");
        return endpoint;
    }

    /// <summary>Nothing answers there from now on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested) return;
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _closing.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var lies = _lies;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closing.Token);
        try
        {
            var request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: gone.Token);
            Interlocked.Add(ref _calls, request is JsonArray { Count: var count } ? count : 1);
            if (lies.Hangs) await Task.Delay(Timeout.Infinite, gone.Token);
            if (lies.Status is { } status)
            {
                context.Response.StatusCode = (int)status;
                await context.Response.WriteAsync("Not now.", gone.Token);
                return;
            }
            var answer = await new LyingAnswers(lies, (body, limit) => AskAsync(body, limit)).AnswerAsync(request!, gone.Token);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.ToJsonString(), gone.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task<JsonNode> AskAsync(JsonNode body, CancellationToken cancellation)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(_node, content, cancellation);
        return (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation))!;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AccountantCluster.Chain.Tests.JsonRpc;

/// <summary>
/// An HTTP server in the node's place that answers what the test says, or nothing: the connection breaks where the answer is null.
/// </summary>
internal sealed class NodeStandIn : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<string, Task<string?>> _answer;
    private readonly Task _serving;

    public NodeStandIn(Func<string, Task<string?>> answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answer = answer;
        (_listener, Endpoint) = Listen();
        _serving = ServeAsync(status);
    }

    public Uri Endpoint { get; }

    /// <summary>What the real node answers.</summary>
    public static async Task<string?> ForwardAsync(string body, Uri node)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(node, content);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static (HttpListener Listener, Uri Endpoint) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Somebody was faster; the next port.
            }
        }
    }

    private async Task ServeAsync(HttpStatusCode status)
    {
        try
        {
            while (true) await AnswerAsync(await _listener.GetContextAsync(), status);
        }
        catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, HttpStatusCode status)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var answer = await _answer(await reader.ReadToEndAsync());
        if (answer is null)
        {
            context.Response.Abort();
            return;
        }
        context.Response.StatusCode = (int)status;
        try
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            context.Response.Close();
        }
        catch (Exception problem) when (problem is HttpListenerException or IOException)
        {
            // The client hung up.
        }
    }
}

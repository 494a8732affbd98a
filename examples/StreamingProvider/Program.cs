// A toy streaming service: sends random bytes to whoever connects, and is paid for them while they flow.
// Usage: StreamingProvider <folder of `accountant demo --serve`> [port]

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Examples;
using AccountantCluster.Examples.StreamingProvider;

if (args.Length is < 1 or > 2)
{
    await Console.Error.WriteLineAsync("Usage: StreamingProvider <folder of `accountant demo --serve`> [port]");
    return 2;
}
var port = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;

using var interruption = new Interruption();
using var network = await ExampleNetwork.OpenAsync(args[0], "provider", interruption.Token);
using var api = new AccountantApi(network.Node, network.Profile);
await using var account = ProviderAccount.Open(
    network.Profile,
    network.Key,
    network.Books("provider"),
    api.OpenStream(network.Key),
    new AccountantOnChain(network.Chain, network.Profile.Accountant));
await account.StartAsync(interruption.Token);

using var listener = new TcpListener(IPAddress.Loopback, port);
listener.Start();
Console.WriteLine($"Listening at 127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}; interrupt to stop.");
var sessions = new List<Task>();
try
{
    while (true) sessions.Add(ServeAsync(await listener.AcceptTcpClientAsync(interruption.Token)));
}
catch (OperationCanceledException)
{
    await Task.WhenAll(sessions);
}
var status = account.Status;
Console.WriteLine(
    $"Earned {status.Gross} units; the accountant promises {status.Promised} after its fee, of which {status.Settleable} can be settled.");
return 0;

async Task ServeAsync(TcpClient client)
{
    using var consumer = new LineConnection(client);
    try
    {
        Console.WriteLine(await new StreamingSession(account, consumer, TimeProvider.System).RunAsync(interruption.Token));
    }
    catch (Exception problem) when (problem is IOException or OperationCanceledException or FormatException or ServicePausedException)
    {
        Console.WriteLine($"A session broke off: {problem.Message}");
    }
}

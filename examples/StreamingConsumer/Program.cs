// Whoever watches the toy stream: receives so many kibibytes and pays for them while they come.
// Usage: StreamingConsumer <folder of `accountant demo --serve`> <host:port of the provider> [kibibytes]

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Examples;
using AccountantCluster.Examples.StreamingConsumer;

if (args.Length is < 2 or > 3 || !IPEndPoint.TryParse(args[1], out var seller))
{
    await Console.Error.WriteLineAsync("Usage: StreamingConsumer <folder of `accountant demo --serve`> <address:port> [kibibytes]");
    return 2;
}
var wanted = 1_024 * (args.Length == 3 ? long.Parse(args[2], CultureInfo.InvariantCulture) : 1_000);

using var interruption = new Interruption();
using var network = await ExampleNetwork.OpenAsync(args[0], "consumer", interruption.Token);
using var account = ConsumerAccount.Open(network.Profile, network.Key, network.Books("consumer"));
// What there is to spend is the chain's word, at every start.
var standing = await new UnilateralExit(network.Chain, network.Profile).ReadAsync(network.Key.Address, interruption.Token);
account.SetChannel(standing.Channel, standing.Block.Timestamp);
var before = account.Promised;
Console.WriteLine($"Deposited {account.Deposited} units, of which {before} are promised.");

using var client = new TcpClient();
await client.ConnectAsync(seller, interruption.Token);
using var provider = new LineConnection(client);
var purchase = new Purchase(account, provider, wanted, TimeProvider.System);
try
{
    var end = await purchase.RunAsync(interruption.Token);
    Console.WriteLine($"Received {purchase.Received} bytes; {end}.");
}
catch (Exception problem) when (problem is IOException or OperationCanceledException)
{
    Console.WriteLine($"Received {purchase.Received} bytes, then it broke off: {problem.Message}");
}
Console.WriteLine($"Spent {account.Promised - before} units; the provider acknowledges {purchase.Acknowledged}.");
return purchase.Received >= wanted && purchase.Acknowledged == purchase.Spent ? 0 : 1;

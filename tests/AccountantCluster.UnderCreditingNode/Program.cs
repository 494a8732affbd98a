using AccountantCluster.Chain;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Node.Composition;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;
using AccountantCluster.UnderCreditingNode;

// The node's own composition with one difference: what it signs for providers is one unit short.
var configuration = NodeConfigurationFile.Read(args[1]);
await using var node = await AccountantNode.CreateAsync(configuration);
using var client = new JsonRpcEthereumClient(configuration.Chain.Rpc!);
using var key = Keystore.Read(File.ReadAllText(configuration.Operator!.Keystore), File.ReadAllBytes(configuration.Operator.PasswordFile));
var domain = new AccountantDomain(await client.GetChainIdAsync(), Address.Parse(configuration.Chain.Accountant));

var services = node.Builder.Services;
var honest = services.Single(service => service.ServiceType == typeof(IExchange)).ImplementationType!;
services.AddSingleton(honest);
services.AddSingleton<IExchange>(provider => new UnderCreditingExchange((IExchange)provider.GetRequiredService(honest), domain, key));
await node.Build().RunAsync();

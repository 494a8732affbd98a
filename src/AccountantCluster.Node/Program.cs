using AccountantCluster.Cluster;
using AccountantCluster.Node.Composition;
using AccountantCluster.Node.Configuration;

if (args is not ["--config", var path])
{
    Console.Error.WriteLine("Usage: AccountantCluster.Node --config node.json");
    return 2;
}

try
{
    await using var node = await AccountantNode.CreateAsync(NodeConfigurationFile.Read(path));
    await node.Build().RunAsync();
    return 0;
}
catch (Exception problem) when (problem is ConfigurationException or StoreUnusableException)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}

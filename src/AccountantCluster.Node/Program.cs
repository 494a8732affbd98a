using AccountantCluster.Admin;
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
    var app = node.Build();
    var standing = app.Services.GetRequiredService<INodeStanding>();
    await app.RunAsync();
    // Whoever runs the node starts it again where it did not end because it was told to.
    return standing.HasFailed ? 1 : 0;
}
catch (Exception problem) when (problem is ConfigurationException or StoreUnusableException)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
catch (AdminSocketException problem)
{
    Console.Error.WriteLine($"admin.socket: {problem.Message}");
    return 2;
}

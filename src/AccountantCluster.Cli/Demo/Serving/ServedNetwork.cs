using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Serving;

/// <summary>A network that others may use: a line of <c>demo --serve --json</c>.</summary>
/// <param name="Chain">The JSON-RPC address.</param>
/// <param name="Node">The gRPC address of an accountant's node.</param>
/// <param name="Folder">Where network file and keystores are.</param>
/// <param name="Consumer">Identity of the party that pays; its channel is topped up.</param>
/// <param name="Provider">Identity of the party that is paid.</param>
internal sealed record ServedNetwork(Uri Chain, Uri Node, string Folder, Address Consumer, Address Provider);

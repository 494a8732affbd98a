using AccountantCluster.Protocol;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Adds the signer, and the way to it, to a node.</summary>
internal static class SigningExtensions
{
    private const string Name = "signer";

    private static readonly ClusterSingletonOptions Everywhere = new() { Role = NodeRoles.Signer };

    /// <summary>Starts it: one in the cluster, on the oldest node with that role.</summary>
    public static AkkaConfigurationBuilder WithSigner(this AkkaConfigurationBuilder builder, IServiceProvider provider)
    {
        var key = provider.GetRequiredService<SigningKey>();
        var curve = provider.GetRequiredService<ICurve>();
        var metrics = provider.GetRequiredService<ClusterMetrics>();
        var logger = provider.GetRequiredService<ILogger<OperatorSigner>>();
        return builder.WithSingleton<SigningActor>(
            Name, (_, _, _) => ActorFactory.Props(() => new SigningActor(key, curve, metrics, logger)), Everywhere, createProxyToo: false);
    }

    /// <summary>The way to it, under the key <see cref="SigningActor"/> of the registry.</summary>
    public static AkkaConfigurationBuilder WithWayToSigner(this AkkaConfigurationBuilder builder) =>
        builder.WithSingletonProxy<SigningActor>(Name, Everywhere);
}

using Akka.Persistence.Sql.Config;

namespace AccountantCluster.Cluster;

/// <summary>A store that works, and that is this process' alone where nodes do not share it.</summary>
/// <param name="Connections">To its databases.</param>
/// <param name="Lock">Held until it is disposed; null where nodes share the store.</param>
internal sealed record OpenStore(MultiDataOptionsSetup Connections, StoreLock? Lock)
{
    /// <summary>Takes it before anything opens it.</summary>
    /// <exception cref="StoreUnusableException">Channels cannot be kept there.</exception>
    public static OpenStore Open(StoreOptions store)
    {
        var alone = StoreSetup.Lock(store);
        try
        {
            return new OpenStore(StoreSetup.Create(store), alone);
        }
        catch
        {
            alone?.Dispose();
            throw;
        }
    }
}

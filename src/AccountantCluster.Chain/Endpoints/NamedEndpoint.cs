namespace AccountantCluster.Chain;

/// <summary>An Ethereum node, and what it is called in logs and metrics.</summary>
/// <param name="Name">Unique among the endpoints of a pool; never an access key.</param>
/// <param name="Client">The way to it. Its calls have deadlines of their own.</param>
public sealed record NamedEndpoint(string Name, IEthereumClient Client)
{
    /// <summary>
    /// Host and port of an address: the path and the query of one may be an access key, and so may a user's name and password.
    /// </summary>
    public static string NameOf(Uri address) => $"{address.Host}:{address.Port}";
}

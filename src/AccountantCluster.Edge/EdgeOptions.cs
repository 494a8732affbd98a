using System.Net;

namespace AccountantCluster.Edge;

/// <summary>Everything that the edge is told from outside.</summary>
public sealed record EdgeOptions
{
    /// <summary>The accountant's terms.</summary>
    public required AccountantTerms Terms { get; init; }

    /// <summary>Every limit of the edge.</summary>
    public EdgeLimits Limits { get; init; } = new();

    /// <summary>
    /// Where the edge listens, in HTTP/2 without TLS. Loopback by default, because whoever can read the wire can read every promise; port 0
    /// takes any free port.
    /// </summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 50051);
}

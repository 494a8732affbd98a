using System.Net;

namespace AccountantCluster.Edge;

/// <summary>Everything that the edge is told from outside.</summary>
public sealed record EdgeOptions
{
    /// <summary>The accountant's terms; null for an edge that takes no promises.</summary>
    public AccountantTerms? Terms { get; init; }

    /// <summary>Whether it takes jobs of a transaction maker.</summary>
    public bool SendsTransactions { get; init; }

    /// <summary>Every limit of the edge.</summary>
    public EdgeLimits Limits { get; init; } = new();

    /// <summary>Where the edge listens, in HTTP/2. Loopback by default; port 0 takes any free port.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 50051);

    /// <summary>
    /// The edge's certificate; null: plain text, which is refused for any address but loopback, because whoever can read the wire can read
    /// every promise.
    /// </summary>
    public EdgeTls? Tls { get; init; }

    /// <summary>Plain text beyond loopback after all: where something in front of the edge, on a network of its own, does TLS.</summary>
    public bool AllowPlainText { get; init; }

    /// <summary>Says what cannot work.</summary>
    /// <exception cref="EdgeTlsException">Plain text where others can read it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit makes no sense.</exception>
    public void Validate()
    {
        Limits.Validate();
        if (Tls is null && !AllowPlainText && !IPAddress.IsLoopback(Endpoint.Address))
            throw new EdgeTlsException($"{Endpoint} is not this machine alone: give a certificate, or allow plain text explicitly.");
    }
}

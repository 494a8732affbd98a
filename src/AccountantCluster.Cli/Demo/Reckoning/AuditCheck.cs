using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>Two amounts from independent sources that must be the same.</summary>
/// <param name="Claim">What is claimed.</param>
/// <param name="Expected">One side, in token base units.</param>
/// <param name="Found">The other side.</param>
internal sealed record AuditCheck(string Claim, Amount Expected, Amount Found)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Expected == Found;
}

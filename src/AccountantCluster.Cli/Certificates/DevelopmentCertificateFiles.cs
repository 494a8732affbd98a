namespace AccountantCluster.Cli.Certificates;

/// <summary>What goes into files.</summary>
/// <param name="Authority">Certificate of the authority: for clients.</param>
/// <param name="Certificate">Certificate of the node.</param>
/// <param name="Key">Private key of the node.</param>
internal sealed record DevelopmentCertificateFiles(string Authority, string Certificate, byte[] Key);

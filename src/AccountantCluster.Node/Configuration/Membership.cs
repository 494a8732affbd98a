using System.Net;
using AccountantCluster.Cluster;

namespace AccountantCluster.Node.Configuration;

/// <summary>How a node meets the others, from what the operator says.</summary>
internal static class Membership
{
    /// <summary>Address, and TLS where files are named.</summary>
    /// <exception cref="ConfigurationException">TLS's files are incomplete, or other machines could read and write in plain text.</exception>
    public static NodeOptions Open(NodeConfiguration.ClusterSection section)
    {
        var tls = ReadTls(section);
        var isHereOnly = IsThisMachine(section.Hostname) && (section.PublicHost is null || IsThisMachine(section.PublicHost));
        if (tls is null && !section.AllowPlainText && !isHereOnly)
            throw new ConfigurationException(
                "cluster: nodes of other machines talk TLS: name certificateFile, keyFile and authorityFile, or allowPlainText.");
        return new NodeOptions
        {
            Hostname = section.Hostname,
            Port = section.Port,
            PublicHost = section.PublicHost,
            PublicPort = section.PublicPort,
            Tls = tls,
        };
    }

    private static RemoteTls? ReadTls(NodeConfiguration.ClusterSection section) => section switch
    {
        { CertificateFile: null, KeyFile: null, AuthorityFile: null } => null,
        { CertificateFile: { } certificate, KeyFile: { } key, AuthorityFile: { } authority } => new RemoteTls(certificate, key, authority),
        _ => throw new ConfigurationException(
            "cluster.certificateFile, cluster.keyFile and cluster.authorityFile belong together: one of them is missing."),
    };

    private static bool IsThisMachine(string hostname) =>
        hostname == "localhost" || (IPAddress.TryParse(hostname, out var address) && IPAddress.IsLoopback(address));
}

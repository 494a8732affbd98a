using System.Net;
using AccountantCluster.Cluster;

namespace AccountantCluster.Node.Configuration;

/// <summary>How a node meets the others, from what the operator says.</summary>
internal static class Membership
{
    /// <summary>What the node does.</summary>
    /// <exception cref="ConfigurationException">A role is unknown, there is none, or a node that is alone has not all of them.</exception>
    public static IReadOnlyList<string> ReadRoles(NodeConfiguration options)
    {
        if (options.Cluster.Roles is not { } roles) return NodeRoles.All;
        string[] all = [.. NodeRoles.All, NodeRoles.Maker];
        var known = string.Join(", ", all);
        if (roles.Count == 0)
            throw new ConfigurationException($"cluster.roles is empty: name some of {known}, or leave it out for all of them.");
        if (roles.Where(role => !all.Contains(role)).ToArray() is [var unknown, ..])
            throw new ConfigurationException($"cluster.roles: '{unknown}' is none of {known}.");
        var isAlone = options.Storage.Directory is not null && NodeRoles.AreAccountants(roles);
        if (isAlone && NodeRoles.All.Except(roles).FirstOrDefault() is { } missing)
            throw new ConfigurationException(
                $"cluster.roles: with storage.directory a node is alone, and nobody else would be '{missing}'.");
        return [.. all.Intersect(roles)];
    }

    /// <summary>Roles, address, and TLS where files are named.</summary>
    /// <exception cref="ConfigurationException">TLS's files are incomplete, or others could read and write in plain text.</exception>
    public static NodeOptions Open(NodeConfiguration.ClusterSection section, IReadOnlyList<string> roles)
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
            Roles = roles,
        };
    }

    private static RemoteTls? ReadTls(NodeConfiguration.ClusterSection section) => section switch
    {
        { CertificateFile: null, KeyFile: null, AuthorityFile: null } => null,
        { CertificateFile: { } certificate, KeyFile: { } key, AuthorityFile: { } authority } => OpenTls(certificate, key, authority),
        _ => throw new ConfigurationException(
            "cluster.certificateFile, cluster.keyFile and cluster.authorityFile belong together: one of them is missing."),
    };

    private static RemoteTls OpenTls(string certificate, string key, string authority)
    {
        SecretFile.MustBePrivate(key);
        return new RemoteTls(certificate, key, authority);
    }

    private static bool IsThisMachine(string hostname) =>
        hostname == "localhost" || (IPAddress.TryParse(hostname, out var address) && IPAddress.IsLoopback(address));
}

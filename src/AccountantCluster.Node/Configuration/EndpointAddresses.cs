using AccountantCluster.Chain;

namespace AccountantCluster.Node.Configuration;

/// <summary>
/// Where the node's Ethereum endpoints are, from what the operator says. An address may hold an access key: in messages it is its place in
/// the file, or its host and port.
/// </summary>
internal static class EndpointAddresses
{
    /// <summary>The addresses, those that are preferred first.</summary>
    /// <exception cref="ConfigurationException">
    /// There is none, or two ways to say which; one cannot be read, or is there twice; or so many cannot agree.
    /// </exception>
    public static IReadOnlyList<Uri> Read(NodeConfiguration.ChainSection section)
    {
        Uri[] addresses = (section.Rpc, section.Endpoints) switch
        {
            ({ } one, null) => [Check(one, "chain.rpc")],
            (null, { Count: > 0 } several) => ReadAll(several),
            (null, { Count: 0 }) => throw new ConfigurationException("chain.endpoints is empty: name an Ethereum node, or several."),
            (null, null) => throw new ConfigurationException("chain.rpc is missing: name an Ethereum node, or several in chain.endpoints."),
            _ => throw new ConfigurationException("chain.rpc and chain.endpoints exclude each other: name one Ethereum node, or several."),
        };
        if (section.Agreement is { } agreement && (agreement < 1 || agreement > addresses.Length))
            throw new ConfigurationException(
                $"chain.agreement is {agreement}: so many of {addresses.Length} endpoints cannot say the same.");
        return addresses;
    }

    /// <summary>The endpoints as they are shown, in one line.</summary>
    public static string Show(NodeConfiguration.ChainSection section) =>
        string.Join(", ", Read(section).Select(NamedEndpoint.NameOf));

    private static Uri[] ReadAll(IReadOnlyList<string> texts)
    {
        var addresses = new Uri[texts.Count];
        for (var index = 0; index < texts.Count; index++)
        {
            var place = $"chain.endpoints[{index}]";
            addresses[index] = Check(Uri.TryCreate(texts[index], UriKind.Absolute, out var address) ? address : null, place);
            var name = NamedEndpoint.NameOf(addresses[index]);
            var twin = Array.FindIndex(addresses, 0, index, other => NamedEndpoint.NameOf(other) == name);
            if (twin >= 0)
                throw new ConfigurationException(
                    $"chain.endpoints[{twin}] and {place} are both {name}: whoever answers there would be believed twice.");
        }
        return addresses;
    }

    private static Uri Check(Uri? address, string place) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0 }
            ? address
            : throw new ConfigurationException($"{place} is no http or https address.");
}

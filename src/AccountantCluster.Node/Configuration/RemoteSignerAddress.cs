namespace AccountantCluster.Node.Configuration;

/// <summary>
/// Where a program is that signs transactions. Whoever can reach it sends as the accountant, and its address may hold a password.
/// </summary>
internal static class RemoteSignerAddress
{
    /// <summary>Reads it; <paramref name="section"/> is named where it cannot be.</summary>
    /// <exception cref="ConfigurationException">It is no address, or others could read and write along.</exception>
    public static Uri Read(string text, string section)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", Host.Length: > 0 })
            throw new ConfigurationException($"{section}.signer is no http or https address.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new ConfigurationException($"{section}.signer: plain http stays on this machine; name an https address.");
        return address;
    }
}

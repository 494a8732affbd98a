namespace AccountantCluster.Client.Accountants;

/// <summary>Where an accountant can be reached.</summary>
/// <param name="Profile">Who it is meant to be.</param>
/// <param name="Endpoint">Where its edge listens: http://host:port or https://host:port.</param>
/// <param name="CertificateAuthorityFile">PEM file of the authorities that its certificate must come from; null: the machine's.</param>
public sealed record AccountantEndpoint(AccountantProfile Profile, Uri Endpoint, string? CertificateAuthorityFile = null)
{
    /// <summary>What names the accountant: its contract on its chain.</summary>
    public AccountantName Name => AccountantName.Of(Profile);
}

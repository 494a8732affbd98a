namespace AccountantCluster.Client.Exchange;

/// <summary>The file that names the authorities to be believed says nothing.</summary>
public sealed class CertificateAuthorityException : Exception
{
    /// <summary>A failure with that message.</summary>
    public CertificateAuthorityException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

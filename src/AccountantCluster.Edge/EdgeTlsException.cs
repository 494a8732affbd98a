namespace AccountantCluster.Edge;

/// <summary>The edge cannot listen as it was told: no usable certificate, or plain text where others can read it.</summary>
public sealed class EdgeTlsException : Exception
{
    /// <summary>A failure with that message.</summary>
    public EdgeTlsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

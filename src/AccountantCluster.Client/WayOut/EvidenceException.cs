namespace AccountantCluster.Client.WayOut;

/// <summary>Evidence cannot be used at all: it is something else, damaged, or another accountant's or chain's.</summary>
public sealed class EvidenceException : Exception
{
    /// <summary>With what is wrong, for a person.</summary>
    public EvidenceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

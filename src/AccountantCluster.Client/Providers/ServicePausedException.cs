using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>A consumer gets no service, because the accountant refused its last promise (protocol §5).</summary>
public sealed class ServicePausedException : Exception
{
    /// <summary>A pause of that consumer.</summary>
    public ServicePausedException(Address consumer)
        : base($"Consumer {consumer} gets no service until its refused promise is resolved.") => Consumer = consumer;

    /// <summary>The consumer.</summary>
    public Address Consumer { get; }
}

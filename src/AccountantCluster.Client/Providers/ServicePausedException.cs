using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// No service for now: because the accountant refused a consumer's last promise (protocol §5), or because the provider's risk with the
/// accountant would exceed its limit (protocol §6).
/// </summary>
public sealed class ServicePausedException : Exception
{
    /// <summary>A pause of that consumer.</summary>
    public ServicePausedException(Address consumer)
        : base($"Consumer {consumer} gets no service until its refused promise is resolved.") => Consumer = consumer;

    /// <summary>A pause of all consumers of one accountant.</summary>
    /// <param name="risk">The risk now.</param>
    /// <param name="limit">What the provider allows, in token base units.</param>
    public ServicePausedException(ProviderRisk risk, Amount limit)
        : base($"The risk with this accountant is {risk.Total}; with this invoice it could exceed the limit of {limit}: settle first.") =>
        Risk = risk;

    /// <summary>The consumer; null where it is the accountant that no more is trusted to.</summary>
    public Address? Consumer { get; }

    /// <summary>The risk; null where it is a consumer's pause.</summary>
    public ProviderRisk? Risk { get; }
}

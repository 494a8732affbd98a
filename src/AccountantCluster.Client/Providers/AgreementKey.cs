using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>One service session of a provider with a consumer.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Id">The session.</param>
public readonly record struct AgreementKey(Address Consumer, AgreementId Id);

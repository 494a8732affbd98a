using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>Names an agreement.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Agreement">The service session.</param>
internal readonly record struct AgreementKey(Address Consumer, Address Provider, AgreementId Agreement);

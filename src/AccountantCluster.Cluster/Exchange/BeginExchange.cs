using Akka.Actor;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>A batch for <see cref="ExchangeSupervisor"/>, answered by <see cref="ExchangeAnswer"/>. Never leaves the node.</summary>
/// <param name="Request">The batch.</param>
/// <param name="Deadline">From now.</param>
internal sealed record BeginExchange(ExchangeRequest Request, TimeSpan Deadline) : INoSerializationVerificationNeeded;

using AccountantCluster.Chain;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>What became of a look at a job that a client brings.</summary>
/// <param name="Asking">The client.</param>
/// <param name="Job">To be taken.</param>
/// <param name="Refusal">Why not.</param>
internal sealed record JobPrepared(IActorRef Asking, MakerJob? Job, JobAnswer? Refusal) : INoSerializationVerificationNeeded;

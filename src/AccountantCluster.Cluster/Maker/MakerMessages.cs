using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

// None of them ever leaves the node.

/// <summary>Asks for a price. Answered with a <see cref="QuoteAnswer"/>.</summary>
internal sealed record AskQuote(JobShape Shape) : INoSerializationVerificationNeeded;

/// <summary>A price; null where it is not known.</summary>
internal sealed record QuoteAnswer(SealedQuote? Quote) : INoSerializationVerificationNeeded;

/// <summary>Brings a job. Answered with a <see cref="JobAnswer"/>.</summary>
internal sealed record SubmitJob(JobOffer Offer, SealedQuote? Quote) : INoSerializationVerificationNeeded;

/// <summary>Asks where a job stands. Answered with a <see cref="JobFound"/>.</summary>
internal sealed record FindJob(Bytes32 Id) : INoSerializationVerificationNeeded;

/// <summary>Where it stands; null where nothing is known of it.</summary>
internal sealed record JobFound(JobStanding? Standing) : INoSerializationVerificationNeeded;

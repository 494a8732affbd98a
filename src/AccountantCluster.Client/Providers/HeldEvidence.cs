using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// The highest accepted promise of one consumer: whoever has it with R can collect it into the accountant without the accountant's help
/// (protocol §7).
/// </summary>
/// <param name="Promise">The consumer's promise.</param>
/// <param name="Position">Where its hashlock stands in the provider's chains: R follows from it.</param>
public sealed record HeldEvidence(SignedPromise Promise, ChainPosition Position);

using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>An exit that the consumer has signed: of no use to anybody before the operator signs it too.</summary>
/// <param name="Message">What is paid to whom, and until when.</param>
/// <param name="Signature">The consumer's.</param>
public sealed record SignedExit(ConsentExit Message, Signature Signature);

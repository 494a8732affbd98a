using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>An exit with both signatures: whoever has it can send it on chain until its deadline, once.</summary>
/// <param name="Message">What is paid to whom, and until when.</param>
/// <param name="Signature">The consumer's.</param>
/// <param name="OperatorSignature">The operator's.</param>
public sealed record ConsentedExit(ConsentExit Message, Signature Signature, Signature OperatorSignature);

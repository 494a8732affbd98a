using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A loan to be given back.</summary>
/// <param name="Message">What was signed.</param>
/// <param name="Signature">By the provider.</param>
public sealed record SignedLoanReturn(ReturnLoan Message, Signature Signature);

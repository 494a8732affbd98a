using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a job would do if it were sent now.</summary>
/// <param name="Pays">What the transaction maker would get, in token base units; null where the contract refuses.</param>
/// <param name="Reach">Whether somebody else has done it already.</param>
/// <param name="Error">Why the contract refuses; null where it does not.</param>
public sealed record JobAim(Amount? Pays, JobReach Reach, ContractError? Error);

namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>A consumer's promise with R.</summary>
internal sealed record ConsumersPromise(string Consumer, UInt128 Amount, string Signer);

/// <summary>The accountant's promise with R, and the fee that the provider signed.</summary>
internal sealed record AccountantsPromise(string Provider, UInt128 Amount, string Signer, SignedFee? Fee = null);

/// <summary>A provider's fee for a transaction maker.</summary>
internal sealed record SignedFee(UInt128 TotalFee, string Maker, UInt128 MinSettled, ulong Deadline, string Signer);

/// <summary>A provider wants its loan back.</summary>
internal sealed record SignedReturn(UInt128 TotalReturned, ulong Deadline, string Signer);

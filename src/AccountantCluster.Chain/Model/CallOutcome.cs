namespace AccountantCluster.Chain;

/// <summary>The result of one call among many: one that fails does not fail the others.</summary>
/// <param name="Data">What the contract returned; empty where it failed, and where no contract is.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record CallOutcome(ReadOnlyMemory<byte> Data, RpcException? Error)
{
    /// <summary>The data of a call that must have succeeded.</summary>
    public ReadOnlyMemory<byte> DataOrThrow() => Error is null ? Data : throw Error;
}

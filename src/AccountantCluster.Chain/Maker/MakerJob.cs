using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>One transaction that somebody wants sent and pays for in tokens.</summary>
/// <param name="Id">Identity and client id, hashed: <see cref="IdOf"/>. Also the order in the lane, so it is never placed twice.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Identity">Who signed it, and whose channel it is.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Pay">What it pays.</param>
/// <param name="Request">The call.</param>
/// <param name="AcceptedAt">Unix time in seconds.</param>
public sealed record MakerJob(
    Bytes32 Id, JobKind Kind, Address Identity, Address Accountant, JobPay Pay, TransactionRequest Request, ulong AcceptedAt)
{
    /// <summary>The job of an identity under a client's own id.</summary>
    /// <param name="identity">Who signed.</param>
    /// <param name="clientId">Chosen by the client: the same one is the same job, whatever happens in between.</param>
    public static Bytes32 IdOf(Address identity, Bytes32 clientId) => Keccak256.Hash([.. identity.ToArray(), .. clientId.ToArray()]);

    /// <summary>What it asks for: two jobs under one id must agree in it.</summary>
    public Bytes32 Digest() => Keccak256.Hash([(byte)Kind, .. Request.To!.Value.ToArray(), .. Request.Data.Span]);
}

using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a client brings: a job before it is taken, with signatures that were verified.</summary>
/// <param name="ClientId">Chosen by the client.</param>
/// <param name="Shape">What its price depends on.</param>
/// <param name="Identity">Who signed it.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="PaidTo">Whom the signed fee names.</param>
/// <param name="Pay">The signed fee; what is agreed is not known yet.</param>
/// <param name="Deadline">Unix time in seconds until which the signature holds, inclusive.</param>
/// <param name="Call">The call.</param>
public sealed record JobOffer(
    Bytes32 ClientId,
    JobShape Shape,
    Address Identity,
    Address Accountant,
    Address PaidTo,
    JobPay Pay,
    ulong Deadline,
    ContractCall Call)
{
    /// <summary>The job that it becomes.</summary>
    /// <param name="least">The agreed fee.</param>
    /// <param name="now">Unix time in seconds.</param>
    public MakerJob ToJob(Amount least, ulong now) => new(
        MakerJob.IdOf(Identity, ClientId),
        Shape.Kind,
        Identity,
        Accountant,
        Pay with { Least = least },
        TransactionRequest.Of(Call),
        now);
}

using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>Tokens went from the accountant's contract to a beneficiary, by the token's own event.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Beneficiary">Who got them.</param>
/// <param name="Amount">In token base units.</param>
public sealed record TokensReceived(LinePlace At, Address Beneficiary, Amount Amount)
{
    /// <summary>The line of an event.</summary>
    public static TokensReceived Of(TokenTransfer transfer) => new(LinePlace.Of(transfer.Log), transfer.To, transfer.Value);
}

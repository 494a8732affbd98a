using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What stands behind provider channels: their loans, and what the operator guarantees above them (paper §4.5).</summary>
public sealed partial class AccountantContract
{
    /// <summary>Lends more for a provider; the tokens are taken from the sender, who approves them before.</summary>
    public ContractCall IncreaseLoan(Address provider, Amount amount) =>
        AccountantAbi.IncreaseLoan.Call(address, new AbiEncoder().Add(provider).Add(amount));

    /// <summary>Gives loan back, as far as balance and tokens go; the same message gives the rest later. Anyone may send it.</summary>
    public ContractCall ReturnLoan(Address provider, SignedLoanReturn loanReturn) =>
        AccountantAbi.ReturnLoan.Call(address, new AbiEncoder().Add(provider).AddTuple(LoanReturn(loanReturn)));

    /// <summary>Refills a balance and raises it above its loan, out of what is withdrawable. Only an operator.</summary>
    public ContractCall LockFunds(Address provider, Amount amount) =>
        AccountantAbi.LockFunds.Call(address, new AbiEncoder().Add(provider).Add(amount));

    /// <summary>Announces that a balance goes down towards its loan. Only an operator.</summary>
    public ContractCall RequestRelease(Address provider, Amount amount) =>
        AccountantAbi.RequestRelease.Call(address, new AbiEncoder().Add(provider).Add(amount));

    /// <summary>Lowers the balance, from 4 to 11 days after the request. Only an operator.</summary>
    public ContractCall FinalizeRelease(Address provider) => AccountantAbi.FinalizeRelease.Call(address, new AbiEncoder().Add(provider));

    /// <summary>The latest request to lower a balance; null for none.</summary>
    public Task<AnnouncedRequest?> GetReleaseRequestAsync(Address provider, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.ReleaseRequest, new AbiEncoder().Add(provider), AnnouncedRequest.Read, block, cancellation);

    // A total of 0 is no return.
    private static AbiEncoder LoanReturn(SignedLoanReturn? loanReturn) => new AbiEncoder()
        .Add(loanReturn?.Message.TotalReturned ?? Amount.Zero)
        .Add(loanReturn?.Message.Deadline ?? 0)
        .AddBytes(loanReturn is null ? [] : loanReturn.Signature.ToArray());
}

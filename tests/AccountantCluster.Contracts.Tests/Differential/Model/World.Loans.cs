namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>Loans, guarantees and where a provider's money goes.</summary>
internal sealed partial class World
{
    public Verdict SetBeneficiary(string provider, string beneficiary, ulong nonce, ulong deadline, string signer)
    {
        var channel = Provider(provider);
        var verdict = new Verdict()
            .RefuseIf(Now > deadline, "DeadlinePassed")
            .RefuseIf(nonce != channel.Nonce, "WrongNonce")
            .RefuseIf(signer != provider, "InvalidSigner");
        if (verdict.IsRefused) return verdict;
        channel.Nonce++;
        channel.Beneficiary = beneficiary;
        return verdict;
    }

    public Verdict IncreaseLoan(string sender, string provider, UInt128 amount)
    {
        var verdict = new Verdict()
            .RefuseIf(provider == Nobody, "ZeroAddress")
            .RefuseIf(amount == 0, "AmountOutOfRange")
            .RefuseIf(TokensOf(sender) < amount, "ERC20InsufficientBalance");
        if (verdict.IsRefused) return verdict;
        Move(sender, Accountant, amount);
        Provider(provider).Loan += amount;
        Provider(provider).Balance += amount;
        return verdict;
    }

    public Verdict ReturnLoan(string provider, SignedReturn loanReturn)
    {
        var verdict = Check(provider, loanReturn).RefuseIf(loanReturn.TotalReturned <= Provider(provider).Returned, "AlreadyReturned");
        if (!verdict.IsRefused) Return(verdict, provider, loanReturn);
        return verdict;
    }

    public Verdict LockFunds(string sender, string provider, UInt128 amount)
    {
        var verdict = new Verdict()
            .RefuseIf(!IsOperator(sender), "OnlyOperator")
            .RefuseIf(provider == Nobody, "ZeroAddress")
            .RefuseIf(amount == 0, "AmountOutOfRange")
            .RefuseIf(amount > Withdrawable, "InsufficientFunds");
        if (verdict.IsRefused) return verdict;
        var channel = Provider(provider);
        Refill(channel);
        channel.Balance += amount;
        channel.Release = null;
        return verdict;
    }

    public Verdict RequestRelease(string sender, string provider, UInt128 amount)
    {
        var channel = Provider(provider);
        var verdict = new Verdict()
            .RefuseIf(!IsOperator(sender), "OnlyOperator")
            .RefuseIf(amount == 0, "AmountOutOfRange")
            .RefuseIf(amount > channel.Excess, "InsufficientFunds");
        if (!verdict.IsRefused) channel.Release = new Announcement(amount, Now);
        return verdict;
    }

    public Verdict FinalizeRelease(string sender, string provider)
    {
        var channel = Provider(provider);
        var verdict = OnTime(channel.Release?.RequestedAt)
            .RefuseIf(!IsOperator(sender), "OnlyOperator")
            .RefuseIf(channel.Excess == 0, "NothingPayable");
        if (verdict.IsRefused) return verdict;
        channel.Balance -= UInt128.Min(channel.Release!.Amount, channel.Excess);
        channel.Release = null;
        return verdict;
    }

    private Verdict Check(string provider, SignedReturn loanReturn) => new Verdict()
        .RefuseIf(Now > loanReturn.Deadline, "DeadlinePassed")
        .RefuseIf(loanReturn.Signer != provider, "InvalidSigner");

    // A refusal leaves the balance as it was: refilling is undone with it.
    private void Return(Verdict verdict, string provider, SignedReturn loanReturn)
    {
        var channel = Provider(provider);
        var before = channel.Balance;
        Refill(channel);
        var paid = UInt128.Min(loanReturn.TotalReturned - channel.Returned, UInt128.Min(channel.Loan, channel.Balance));
        if (paid == 0)
        {
            channel.Balance = before;
            verdict.RefuseIf(true, "NothingPayable");
            return;
        }
        channel.Returned += paid;
        channel.Loan -= paid;
        channel.Balance -= paid;
        Move(Accountant, Receiver(provider), paid);
    }
}

namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>Payments to providers, and recovery.</summary>
internal sealed partial class World
{
    public Verdict SettlePromise(AccountantsPromise promise)
    {
        var verdict = Check(promise);
        if (!verdict.IsRefused) Pay(verdict, promise.Provider, promise.Amount, promise.Fee, collected: 0);
        return verdict;
    }

    public Verdict SettlePromises(IReadOnlyList<AccountantsPromise> rows)
    {
        var verdict = new Verdict();
        for (var row = 0; row < rows.Count; row++) verdict.AddRow(row, SettlePromise(rows[row]));
        return verdict;
    }

    public Verdict PayProviders(string sender, IReadOnlyList<(string Provider, UInt128 Total)> rows)
    {
        var verdict = new Verdict().RefuseIf(!IsOperator(sender), "OnlyOperator");
        if (verdict.IsRefused) return verdict;
        for (var row = 0; row < rows.Count; row++)
        {
            var (provider, total) = rows[row];
            var ofRow = new Verdict().RefuseIf(provider == Nobody, "ZeroAddress").RefuseIf(total == 0, "AmountOutOfRange");
            if (provider != Nobody) ofRow.RefuseIf(total <= Provider(provider).Settled, "AlreadySettled");
            if (!ofRow.IsRefused) Pay(ofRow, provider, total, fee: null, collected: 0);
            verdict.AddRow(row, ofRow);
        }
        return verdict;
    }

    public Verdict Rebalance(IEnumerable<string> providers)
    {
        foreach (var provider in providers) Refill(Provider(provider));
        return new Verdict();
    }

    public Verdict Recover(
        string provider, IReadOnlyList<ConsumersPromise> promises, AccountantsPromise? settlement, SignedReturn? loanReturn)
    {
        var channel = Provider(provider);
        // What is done already is skipped, whatever it was signed with.
        if (settlement is not null && settlement.Amount <= channel.Settled) settlement = null;
        if (loanReturn is not null && loanReturn.TotalReturned <= channel.Returned) loanReturn = null;
        var refused = new Verdict();
        if (settlement is not null) refused.RefuseAsWell(Check(settlement));
        if (loanReturn is not null) refused.RefuseAsWell(Check(provider, loanReturn));
        if (refused.IsRefused) return refused;

        var before = Held;
        var verdict = Collect(promises);
        var mayPayNothing = new Verdict();
        if (settlement is not null) Pay(mayPayNothing, provider, settlement.Amount, settlement.Fee, Held - before);
        Refill(channel);
        if (loanReturn is not null) Return(mayPayNothing, provider, loanReturn);
        return verdict;
    }

    private Verdict Check(AccountantsPromise promise)
    {
        var verdict = new Verdict()
            .RefuseIf(promise.Amount == 0, "AmountOutOfRange")
            .RefuseIf(!IsOperator(promise.Signer), "InvalidSigner")
            .RefuseIf(promise.Amount <= Provider(promise.Provider).Settled, "AlreadySettled");
        if (promise.Fee is not { } fee) return verdict;
        return verdict
            .RefuseIf(Now > fee.Deadline, "DeadlinePassed")
            .RefuseIf(fee.Maker == Nobody, "NoTransactionMaker")
            .RefuseIf(fee.TotalFee == 0, "AmountOutOfRange")
            .RefuseIf(fee.Signer != promise.Provider, "InvalidSigner");
    }

    // Free tokens first, then the balance; then the balance is refilled.
    private void Pay(Verdict verdict, string provider, UInt128 total, SignedFee? fee, UInt128 collected)
    {
        var channel = Provider(provider);
        var owed = total - channel.Settled;
        var ofFree = UInt128.Min(owed, UInt128.Max(Withdrawable, collected));
        var ofBalance = UInt128.Min(owed - ofFree, channel.Balance);
        var paid = ofFree + ofBalance;
        if (verdict.RefuseIf(paid == 0, "NothingPayable").IsRefused) return;
        channel.Balance -= ofBalance;
        channel.Settled += paid;
        var makers = fee is not null && channel.Settled >= fee.MinSettled ? UInt128.Min(Less(fee.TotalFee, channel.FeesPaid), paid) : 0;
        channel.FeesPaid += makers;
        Move(Accountant, Receiver(provider), paid - makers);
        if (makers > 0) Move(Accountant, fee!.Maker, makers);
        Refill(channel);
    }

    private string Receiver(string provider) =>
        Provider(provider).Beneficiary is var beneficiary && beneficiary != Nobody ? beneficiary : provider;

    // From T − L, as far as that goes.
    private void Refill(ProviderChannel channel) => channel.Balance += UInt128.Min(Less(channel.Loan, channel.Balance), Free);
}

namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>Registration, consumers' promises and exits.</summary>
internal sealed partial class World
{
    public Verdict RegisterIdentity(
        string identity, UInt128 loan, string beneficiary, UInt128 fee, string maker, ulong deadline, string signer)
    {
        var (channel, address) = (Consumer(identity), ChannelOf(identity));
        var verdict = new Verdict()
            .RefuseIf(Now > deadline, "DeadlinePassed")
            .RefuseIf(fee > 0 && maker == Nobody, "NoTransactionMaker")
            .RefuseIf(signer != identity, "InvalidSigner")
            .RefuseIf(channel.IsRegistered, "AlreadyRegistered")
            .RefuseIf(TokensOf(address) < Setup.RegistrationFee + loan + fee, "InsufficientFunds")
            .RefuseIf(loan > 0 && ClosingSince is not null, "AccountantClosing")
            .RefuseIf(loan > 0 && NewLoansPaused, "NewLoansPaused")
            .RefuseIf(loan > 0 && Free < Setup.MinimumStake, "NewLoansRefused");
        if (verdict.IsRefused) return verdict;
        channel.IsRegistered = true;
        Move(address, Treasury, Setup.RegistrationFee);
        Move(address, Accountant, loan);
        if (fee > 0) Move(address, maker, fee);
        var provider = Provider(identity);
        if (beneficiary != Nobody && provider.Nonce == 0) provider.Beneficiary = beneficiary;
        provider.Loan += loan;
        provider.Balance += loan;
        return verdict;
    }

    /// <summary>A consumer's promise is cashed, by its channel alone or as a row of <see cref="Collect"/>.</summary>
    public Verdict SettleConsumersPromise(ConsumersPromise promise)
    {
        var (channel, address) = (Consumer(promise.Consumer), ChannelOf(promise.Consumer));
        var verdict = new Verdict()
            .RefuseIf(promise.Amount == 0, "AmountOutOfRange")
            .RefuseIf(promise.Signer != promise.Consumer, "InvalidSigner")
            .RefuseIf(promise.Amount <= channel.Settled, "AlreadySettled")
            .RefuseIf(TokensOf(address) == 0, "NothingPayable");
        if (verdict.IsRefused) return verdict;
        var paid = UInt128.Min(promise.Amount - channel.Settled, TokensOf(address));
        channel.Settled += paid;
        Move(address, Accountant, paid);
        return verdict;
    }

    public Verdict Collect(IReadOnlyList<ConsumersPromise> rows)
    {
        var verdict = new Verdict();
        for (var row = 0; row < rows.Count; row++)
        {
            var isThere = Consumer(rows[row].Consumer).IsRegistered;
            verdict.AddRow(row, isThere ? SettleConsumersPromise(rows[row]) : new Verdict().RefuseIf(true, "UnknownChannel"));
        }
        return verdict;
    }

    public Verdict RequestExit(string consumer, string beneficiary, ulong nonce, ulong deadline, string signer)
    {
        var channel = Consumer(consumer);
        var verdict = new Verdict()
            .RefuseIf(beneficiary == Nobody, "ZeroAddress")
            .RefuseIf(Now > deadline, "DeadlinePassed")
            .RefuseIf(nonce != channel.Nonce, "WrongNonce")
            .RefuseIf(signer != consumer, "InvalidSigner");
        if (verdict.IsRefused) return verdict;
        channel.Nonce++;
        channel.Exit = (beneficiary, Now);
        return verdict;
    }

    public Verdict FinalizeExit(string consumer)
    {
        var (channel, address) = (Consumer(consumer), ChannelOf(consumer));
        var verdict = OnTime(channel.Exit?.RequestedAt).RefuseIf(TokensOf(address) == 0, "NothingPayable");
        if (verdict.IsRefused) return verdict;
        Move(address, channel.Exit!.Value.Beneficiary, TokensOf(address));
        channel.Exit = null;
        return verdict;
    }

    public Verdict ConsentExit(
        string consumer, string beneficiary, UInt128 amount, ulong nonce, ulong deadline, string signer, string operatorSigner)
    {
        var (channel, address) = (Consumer(consumer), ChannelOf(consumer));
        var verdict = new Verdict()
            .RefuseIf(beneficiary == Nobody, "ZeroAddress")
            .RefuseIf(amount == 0, "AmountOutOfRange")
            .RefuseIf(Now > deadline, "DeadlinePassed")
            .RefuseIf(nonce != channel.Nonce, "WrongNonce")
            .RefuseIf(signer != consumer || !IsOperator(operatorSigner), "InvalidSigner")
            .RefuseIf(TokensOf(address) < amount, "InsufficientFunds");
        if (verdict.IsRefused) return verdict;
        channel.Nonce++;
        Move(address, beneficiary, amount);
        return verdict;
    }

    // From NOTICE to NOTICE + LAPSE after the request, both included.
    private Verdict OnTime(ulong? requestedAt) => new Verdict()
        .RefuseIf(requestedAt is null, "NothingRequested")
        .RefuseIf(Now < requestedAt + Notice, "NoticeRunning")
        .RefuseIf(Now > requestedAt + Notice + Lapse, "RequestLapsed");
}

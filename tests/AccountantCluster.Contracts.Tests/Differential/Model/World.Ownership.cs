namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>What the owner may do: keys, terms, withdrawals, closing.</summary>
internal sealed partial class World
{
    private const string NotTheOwner = "OwnableUnauthorizedAccount";

    private readonly Dictionary<string, Validity> _keys = [];

    public UInt128 Stake { get; private set; }

    public string Owner { get; private set; }

    public string PendingOwner { get; private set; } = Nobody;

    public Terms Fee { get; private set; }

    public bool NewLoansPaused { get; private set; }

    public ulong? ClosingSince { get; private set; }

    public Announcement? Withdrawal { get; private set; }

    public ulong AccountantsOfOwner { get; private set; } = 1;

    /// <summary>The fee now.</summary>
    public ulong FeeBasisPoints => Now < Fee.EffectiveFrom ? Fee.Before : Fee.Announced;

    /// <summary>When a key signs; null for one that never was added.</summary>
    public Validity? ValidityOf(string key) => _keys.GetValueOrDefault(key);

    public bool IsOperator(string key) => _keys.TryGetValue(key, out var validity) && validity.From <= Now && Now < validity.Until;

    public Verdict AddOperator(string sender, string key)
    {
        var isLive = _keys.TryGetValue(key, out var validity) && validity.Until == ulong.MaxValue;
        var verdict = Owners(sender).RefuseIf(key == Nobody, "ZeroAddress").RefuseIf(isLive, "AlreadyOperator");
        if (!verdict.IsRefused) _keys[key] = new Validity(IsOperator(key) ? validity!.From : Now + Notice, ulong.MaxValue);
        return verdict;
    }

    public Verdict RevokeOperator(string sender, string key)
    {
        var isLive = _keys.TryGetValue(key, out var validity) && validity.Until == ulong.MaxValue;
        var verdict = Owners(sender).RefuseIf(!isLive, "NotOperator");
        if (!verdict.IsRefused) _keys[key] = validity! with { Until = IsOperator(key) ? Now + Revocation : Now };
        return verdict;
    }

    public Verdict SetFee(string sender, ulong basisPoints)
    {
        var verdict = Owners(sender).RefuseIf(basisPoints > 10_000, "FeeTooHigh");
        if (verdict.IsRefused) return verdict;
        var current = FeeBasisPoints;
        Fee = new Terms(current, basisPoints, basisPoints > current ? Now + Notice : Now);
        return verdict;
    }

    public Verdict RequestWithdrawal(string sender, UInt128 amount)
    {
        var verdict = Owners(sender).RefuseIf(amount == 0, "AmountOutOfRange");
        if (!verdict.IsRefused) Withdrawal = new Announcement(amount, Now);
        return verdict;
    }

    public Verdict Withdraw(string sender)
    {
        var verdict = OnTime(Withdrawal?.RequestedAt)
            .RefuseIf(sender != Owner, NotTheOwner)
            .RefuseIf(Withdrawable == 0, "NothingPayable");
        if (verdict.IsRefused) return verdict;
        Move(Accountant, sender, UInt128.Min(Withdrawal!.Amount, Withdrawable));
        Withdrawal = null;
        return verdict;
    }

    public Verdict PauseNewLoans(string sender, bool paused)
    {
        var verdict = Owners(sender);
        if (!verdict.IsRefused) NewLoansPaused = paused;
        return verdict;
    }

    public Verdict Close(string sender)
    {
        var verdict = Owners(sender).RefuseIf(ClosingSince is not null, "AccountantClosing");
        if (!verdict.IsRefused) ClosingSince = Now;
        return verdict;
    }

    public Verdict ReturnStake(string sender)
    {
        var paid = UInt128.Min(Stake, Less(Held, Reserved));
        var verdict = Owners(sender)
            .RefuseIf(ClosingSince is null, "NotClosing")
            .RefuseIf(Now < ClosingSince + Notice, "NoticeRunning")
            .RefuseIf(paid == 0, "NothingPayable");
        if (verdict.IsRefused) return verdict;
        Stake -= paid;
        Move(Accountant, sender, paid);
        return verdict;
    }

    public Verdict TransferOwnership(string sender, string newOwner)
    {
        var verdict = Owners(sender);
        if (!verdict.IsRefused) PendingOwner = newOwner;
        return verdict;
    }

    public Verdict AcceptOwnership(string sender)
    {
        var verdict = new Verdict().RefuseIf(sender != PendingOwner, NotTheOwner);
        if (!verdict.IsRefused) (Owner, PendingOwner) = (sender, Nobody);
        return verdict;
    }

    /// <summary>Another accountant, whose money is no longer ours to follow.</summary>
    public Verdict RegisterAccountant(string sender, string key, UInt128 stake, ulong basisPoints)
    {
        var verdict = new Verdict()
            .RefuseIf(key == Nobody, "ZeroAddress")
            .RefuseIf(stake < Setup.MinimumStake, "StakeTooLow")
            .RefuseIf(basisPoints > 10_000, "FeeTooHigh")
            .RefuseIf(TokensOf(sender) < stake, "ERC20InsufficientBalance");
        if (verdict.IsRefused) return verdict;
        Move(sender, "another accountant", stake);
        if (sender == Setup.Owner) AccountantsOfOwner++;
        return verdict;
    }

    private Verdict Owners(string sender) => new Verdict().RefuseIf(sender != Owner, NotTheOwner);

    private void DescribeOwnership(SortedDictionary<string, string> lines)
    {
        lines["owner"] = $"{Owner}, then {PendingOwner}";
        lines["fee"] = $"{FeeBasisPoints}, announced {Fee.Announced} from {Fee.EffectiveFrom}";
        lines["new loans paused"] = $"{NewLoansPaused}";
        lines["closing since"] = $"{ClosingSince ?? 0}";
        lines["withdrawal"] = Announcement.Text(Withdrawal);
        lines[$"accountants of {Setup.Owner}"] = $"{AccountantsOfOwner}";
        foreach (var key in Setup.Operators)
        {
            var validity = _keys.GetValueOrDefault(key) ?? new Validity(0, 0);
            lines[$"key of {key}"] = $"{IsOperator(key)}, from {validity.From} until {validity.Until}";
        }
    }

    /// <summary>When a key signs.</summary>
    public sealed record Validity(ulong From, ulong Until);

    /// <summary>The fee before and after an announcement, in basis points.</summary>
    public sealed record Terms(ulong Before, ulong Announced, ulong EffectiveFrom);
}

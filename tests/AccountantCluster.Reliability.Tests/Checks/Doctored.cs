using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;

namespace AccountantCluster.Reliability.Tests.Checks;

/// <summary>
/// A small run in which everything is right: one consumer pays one provider twice, in two windows. Tests change one thing in it.
/// </summary>
internal sealed record Doctored
{
    public static readonly Address Consumer = Address.Parse("0x1111111111111111111111111111111111111111");
    public static readonly Address Provider = Address.Parse("0x2222222222222222222222222222222222222222");
    public static readonly Address OtherProvider = Address.Parse("0x3333333333333333333333333333333333333333");

    // The hashlock of the second window is the R of the first.
    public static readonly Hashlock Second = new(Keccak256.Hash(new byte[32]));
    public static readonly Hashlock First = new Preimage(Second.Value).ToHashlock();

    public required IReadOnlyList<Call> Calls { get; init; }

    public required IReadOnlyList<ConsumerEntry> Paying { get; init; }

    public required IReadOnlyList<ProviderEntry> Paid { get; init; }

    public IReadOnlyList<ClosedWindow> Windows { get; init; } = [new(Provider, Units(300), Units(300))];

    public static Doctored Right { get; } = new()
    {
        Calls =
        [
            Call(1, 2, Promise(100, 100, First), new PromiseAnswer(RejectionReason.None, Units(100)), new SignedTotal(First, Units(100))),
            Call(3, 4, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.None, Units(200)), new SignedTotal(Second, Units(300))),
            Call(5, 6, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.AlreadyCovered, default), new SignedTotal(Second, Units(300))),
        ],
        Paying =
        [
            new ConsumerEntry.Observed(1, Units(500)),
            new ConsumerEntry.Accepted(2, Promise(100, 100, First), Units(100), IsRevealed: false),
            new ConsumerEntry.Revealed(3, First),
            new ConsumerEntry.Accepted(4, Promise(300, 300, Second), Units(200), IsRevealed: false),
        ],
        Paid =
        [
            new ProviderEntry.Noted(1),
            new ProviderEntry.Credited(2, new Credit(Consumer, First, Units(0), Units(100), IsRevealed: false)),
            new ProviderEntry.Authorised(3, First, Units(100), Units(100)),
            new ProviderEntry.Revealed(4, First),
            new ProviderEntry.Credited(5, new Credit(Consumer, Second, Units(100), Units(300), IsRevealed: false)),
            new ProviderEntry.Authorised(6, Second, Units(300), Units(300)),
        ],
    };

    public IReadOnlyList<ViolationKind> Found => [.. Violations.Select(violation => violation.Kind).Distinct()];

    public IReadOnlyList<Violation> Violations => Checker.Check(
        new History(Calls, Windows, new Dictionary<Address, Amount> { [Consumer] = Units(500) }, new HashSet<Address>()),
        new StoredBooks(
            new Dictionary<Address, IReadOnlyList<ConsumerEntry>> { [Consumer] = Paying },
            new Dictionary<Address, IReadOnlyList<ProviderEntry>> { [Provider] = Paid }),
        fee: _ => Amount.Zero);

    public static Amount Units(ulong units) => new(units);

    public static OfferedPromise Promise(ulong amount, ulong total, Hashlock hashlock) =>
        new(Consumer, Provider, AgreementId.From(1), Units(total), Units(amount), hashlock);

    public static Call Call(long order, long answered, OfferedPromise promise, PromiseAnswer answer, SignedTotal? signed) => new(
        order,
        order,
        Provider,
        0,
        TimeSpan.FromSeconds(order),
        [promise],
        new CallAnswer(answered, TimeSpan.FromSeconds(answered), [answer], signed));
}

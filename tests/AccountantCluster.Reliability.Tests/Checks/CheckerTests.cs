using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;
using static AccountantCluster.Reliability.Tests.Checks.Doctored;

namespace AccountantCluster.Reliability.Tests.Checks;

/// <summary>A checker that finds nothing proves nothing: each test falsifies one thing, and it must be found by its name.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Nothing_is_found_where_everything_is_right() => Assert.Empty(Right.Violations);

    [Fact]
    public void A_call_without_an_answer_proves_nothing() =>
        Assert.Empty((Right with { Calls = [.. Right.Calls, Right.Calls[0] with { Order = 7, Answer = null }] }).Violations);

    [Fact]
    public void An_acknowledged_promise_that_is_not_stored_is_lost()
    {
        var lost = Right with
        {
            Paying = [.. Right.Paying.Take(3)],
            Paid = [.. Right.Paid.Take(4)],
            Windows = [],
        };
        Assert.Contains(ViolationKind.Lost, lost.Found);
    }

    [Fact]
    public void A_credit_that_never_reached_its_provider_is_not_conserved() =>
        Assert.Contains(ViolationKind.NotConserved, (Right with { Paid = [.. Right.Paid.Take(4)], Windows = [] }).Found);

    [Fact]
    public void A_delta_that_is_added_again_is_doubled()
    {
        var again = new ConsumerEntry.Accepted(5, Promise(300, 300, Second), Units(200), IsRevealed: false);
        Assert.Contains(ViolationKind.Doubled, (Right with { Paying = [.. Right.Paying, again] }).Found);
    }

    [Fact]
    public void A_credit_that_is_counted_again_is_doubled()
    {
        var again = new ProviderEntry.Credited(7, new Credit(Consumer, Second, Units(100), Units(300), IsRevealed: false));
        Assert.Contains(ViolationKind.Doubled, (Right with { Paid = [.. Right.Paid, again] }).Found);
    }

    [Fact]
    public void A_total_that_nobody_signed_is_doubled()
    {
        var more = new ConsumerEntry.Accepted(5, Promise(400, 400, Second), Units(100), IsRevealed: false);
        Assert.Contains(ViolationKind.Doubled, (Right with { Paying = [.. Right.Paying, more] }).Found);
    }

    [Fact]
    public void A_credit_with_something_missing_before_it_is_lost()
    {
        var gap = new ProviderEntry.Credited(7, new Credit(Consumer, Second, Units(350), Units(400), IsRevealed: false));
        Assert.Contains(ViolationKind.Lost, (Right with { Paid = [.. Right.Paid, gap] }).Found);
    }

    [Fact]
    public void Promised_above_deposited_is_overspent()
    {
        var beyond = new ConsumerEntry.Accepted(5, Promise(501, 310, Second), Units(10), IsRevealed: false);
        Assert.Contains(ViolationKind.Overspent, (Right with { Paying = [.. Right.Paying, beyond] }).Found);
    }

    [Fact]
    public void Acknowledged_above_deposited_is_overspent()
    {
        var other = Promise(300, 300, First) with { Provider = OtherProvider };
        var call = Call(7, 8, other, new PromiseAnswer(RejectionReason.None, Units(300)), signed: null);
        Assert.Contains(ViolationKind.Overspent, (Right with { Calls = [.. Right.Calls, call] }).Found);
    }

    [Fact]
    public void Credited_above_promised_is_found()
    {
        var low = new ConsumerEntry.Accepted(5, Promise(300, 310, Second), Units(10), IsRevealed: false);
        Assert.Contains(ViolationKind.CreditedAbovePromised, (Right with { Paying = [.. Right.Paying, low] }).Found);
    }

    [Fact]
    public void Revealed_credit_above_settleable_is_found()
    {
        var low = new ConsumerEntry.Accepted(5, Promise(50, 350, Second), Units(50), IsRevealed: true);
        Assert.Contains(ViolationKind.RevealedAboveSettleable, (Right with { Paying = [.. Right.Paying, low] }).Found);
    }

    [Fact]
    public void A_step_of_the_staircase_with_too_much_credit_is_found()
    {
        // One high promise whose R never comes must not make room for others below it.
        var high = new Hashlock(new Bytes32(Enumerable.Repeat((byte)7, Bytes32.Length).ToArray()));
        var broken = Right with
        {
            Paying =
            [
                Right.Paying[0],
                new ConsumerEntry.Accepted(2, Promise(400, 100, high), Units(100), IsRevealed: false),
                new ConsumerEntry.Accepted(3, Promise(150, 300, First), Units(200), IsRevealed: false),
            ],
        };
        Assert.Contains(ViolationKind.StaircaseBroken, broken.Found);
    }

    [Fact]
    public void A_total_that_is_given_lower_than_before_is_decreased()
    {
        var lower = Call(7, 8, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.AlreadyCovered, default), new SignedTotal(First, Units(100)));
        Assert.Contains(ViolationKind.TotalDecreased, (Right with { Calls = [.. Right.Calls, lower] }).Found);
    }

    [Fact]
    public void A_lower_total_that_was_asked_for_before_the_higher_one_came_is_none()
    {
        var earlier = Right.Calls[0] with { Order = 1, Answer = Right.Calls[0].Answer! with { Order = 9 } };
        Assert.DoesNotContain(ViolationKind.TotalDecreased, (Right with { Calls = [earlier, .. Right.Calls.Skip(1)] }).Found);
    }

    [Fact]
    public void A_total_that_is_authorised_lower_than_before_is_decreased()
    {
        var lower = new ProviderEntry.Authorised(7, Second, Units(200), Units(200));
        Assert.Contains(ViolationKind.TotalDecreased, (Right with { Paid = [.. Right.Paid, lower] }).Found);
    }

    [Fact]
    public void A_total_that_is_not_in_the_journal_is_unjustified()
    {
        var more = Call(7, 8, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.AlreadyCovered, default), new SignedTotal(Second, Units(301)));
        Assert.Contains(ViolationKind.TotalUnjustified, (Right with { Calls = [.. Right.Calls, more] }).Found);
    }

    [Fact]
    public void A_total_that_the_operator_did_not_sign_is_unjustified()
    {
        var forged = Call(
            7, 8, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.AlreadyCovered, default), new SignedTotal(Second, Units(300), IsOperators: false));
        Assert.Contains(ViolationKind.TotalUnjustified, (Right with { Calls = [.. Right.Calls, forged] }).Found);
    }

    [Fact]
    public void A_total_over_credit_that_another_hashlock_locks_is_unjustified()
    {
        var early = Right with
        {
            Paid =
            [
                .. Right.Paid.Take(3),
                new ProviderEntry.Credited(4, new Credit(Consumer, Second, Units(100), Units(300), IsRevealed: false)),
                new ProviderEntry.Authorised(5, First, Units(300), Units(300)),
            ],
        };
        Assert.Contains(ViolationKind.TotalUnjustified, early.Found);
    }

    [Fact]
    public void Two_owners_that_accept_the_same_promise_answer_differently()
    {
        var twice = Right.Calls[1] with { Order = 3, Answer = Right.Calls[1].Answer! with { Order = 7 } };
        Assert.Contains(ViolationKind.AnsweredDifferently, (Right with { Calls = [.. Right.Calls, twice] }).Found);
    }

    [Fact]
    public void An_answer_whose_credit_is_not_the_events_is_another_owners()
    {
        var other = Right.Calls[1].Answer! with { Promises = [new PromiseAnswer(RejectionReason.None, Units(199))] };
        Assert.Contains(
            ViolationKind.AnsweredDifferently,
            (Right with { Calls = [Right.Calls[0], Right.Calls[1] with { Answer = other }, Right.Calls[2]] }).Found);
    }

    [Fact]
    public void A_promise_that_is_acknowledged_and_then_refused_is_answered_differently()
    {
        var refused = Call(7, 8, Promise(300, 300, Second), new PromiseAnswer(RejectionReason.Overspend, default), signed: null);
        Assert.Contains(ViolationKind.AnsweredDifferently, (Right with { Calls = [.. Right.Calls, refused] }).Found);
    }

    [Fact]
    public void An_honest_promise_that_is_refused_is_found()
    {
        var refused = Call(7, 8, Promise(310, 310, Second), new PromiseAnswer(RejectionReason.PromiseTooLow, default), signed: null);
        Assert.Equal([ViolationKind.HonestRefused], (Right with { Calls = [.. Right.Calls, refused] }).Found);
    }

    [Theory]
    [InlineData(299)]
    [InlineData(301)]
    public void A_provider_that_does_not_hold_what_it_is_owed_is_found(ulong held) =>
        Assert.Equal([ViolationKind.OwedNotHeld], (Right with { Windows = [new(Provider, Units(300), Units(held))] }).Found);

    [Fact]
    public void A_gap_in_the_journal_is_found() => Assert.Contains(
        ViolationKind.JournalBroken, (Right with { Paying = [.. Right.Paying.Select(entry => entry with { Number = entry.Number * 2 })] }).Found);

    [Fact]
    public void A_number_that_was_given_twice_is_found() => Assert.Contains(
        ViolationKind.JournalBroken, (Right with { Paid = [Right.Paid[0], .. Right.Paid] }).Found);
}

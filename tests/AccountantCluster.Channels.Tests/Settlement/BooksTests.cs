using AccountantCluster.Channels.Settlement;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class BooksTests
{
    private static readonly Books Sound = new()
    {
        Held = Units(500),
        Locked = Units(300),
        Lent = Units(300),
        Collectable = Units(80),
        Unrevealed = Units(20),
        Owed = Units(300),
        Credited = Units(310),
        Gross = Units(310),
    };

    [Fact]
    public void Books_that_just_add_up_are_sound() => Assert.Empty(Sound.Check());

    [Fact]
    public void A_contract_that_holds_less_than_it_guarantees_is_named() =>
        Assert.Equal(BooksProblem.HeldBelowLocked, Assert.Single((Sound with { Locked = Units(501) }).Check()));

    [Fact]
    public void A_credit_that_nobody_promised_is_named() =>
        Assert.Equal(BooksProblem.CreditFromNobody, Assert.Single((Sound with { Credited = Units(309) }).Check()));

    [Fact]
    public void An_accountant_that_owes_more_than_it_can_get_is_named()
    {
        Assert.Equal(BooksProblem.OwesMoreThanItHas, Assert.Single((Sound with { Unrevealed = Units(19) }).Check()));
        Assert.Equal(BooksProblem.OwesMoreThanItHas, Assert.Single((Sound with { Lent = Units(301) }).Check()));
        Assert.Equal(BooksProblem.OwesMoreThanItHas, Assert.Single((Sound with { Owed = Units(301) }).Check()));
    }
}

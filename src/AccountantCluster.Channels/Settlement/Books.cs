using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>
/// What an accountant has and owes, all channels together, in token base units. Read in an order that errs on its side: what providers were
/// credited first, then what consumers promised, and the chain at one confirmed block. So a problem is one.
/// </summary>
public sealed record Books
{
    /// <summary>T, the tokens of the accountant's contract.</summary>
    public Amount Held { get; init; }

    /// <summary>L, the sum of the balances that are guaranteed to providers.</summary>
    public Amount Locked { get; init; }

    /// <summary>What providers lent, and get back.</summary>
    public Amount Lent { get; init; }

    /// <summary>What consumers' promises with a known R would bring now.</summary>
    public Amount Collectable { get; init; }

    /// <summary>What consumers' channels hold for promises whose R is not known.</summary>
    public Amount Unrevealed { get; init; }

    /// <summary>What was promised to providers and is not settled.</summary>
    public Amount Owed { get; init; }

    /// <summary>Credits that consumer channels accepted, all agreements together.</summary>
    public Amount Credited { get; init; }

    /// <summary>Credits that provider channels counted, fees included.</summary>
    public Amount Gross { get; init; }

    /// <summary>What is there to pay with.</summary>
    public Amount Assets => Held + Collectable + Unrevealed;

    /// <summary>What is to be paid.</summary>
    public Amount Liabilities => Owed + Lent;

    /// <summary>What does not add up; nothing is as it must be.</summary>
    public ImmutableArray<BooksProblem> Check()
    {
        var problems = ImmutableArray.CreateBuilder<BooksProblem>();
        if (Held < Locked) problems.Add(BooksProblem.HeldBelowLocked);
        if (Gross > Credited) problems.Add(BooksProblem.CreditFromNobody);
        if (Assets < Liabilities) problems.Add(BooksProblem.OwesMoreThanItHas);
        return problems.ToImmutable();
    }
}

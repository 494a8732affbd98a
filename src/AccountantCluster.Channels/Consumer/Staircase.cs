using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// Protocol §4 rule 3. Whatever subset of the outstanding Rs becomes known, the accountant can collect at least what it credited under
/// them: at every amount a on the staircase, all credit under hashlocks of amount ≤ a is ≤ a.
/// </summary>
/// <param name="Settleable">The lowest step: the highest amount whose R is known.</param>
/// <param name="Covered">Credit that is revealed or covered by the lowest step.</param>
/// <param name="Rungs">The unrevealed steps above it, lowest first.</param>
internal readonly record struct Staircase(Amount Settleable, Amount Covered, ImmutableArray<Rung> Rungs)
{
    public static Staircase Of(ConsumerChannelState state) => new(state.SettleableAmount, state.CoveredCredit, state.Rungs);

    /// <summary>Adds credit under the hashlock of a promise whose R is not known.</summary>
    /// <exception cref="OverflowException">The credit would exceed 2^128−1.</exception>
    public Staircase AddUnrevealed(in VerifiedPromise promise, Amount delta)
    {
        var (provider, hashlock) = (promise.Promise.Agreement.Provider, promise.Promise.Hashlock);
        var index = IndexOf(provider, hashlock);
        if (index >= 0)
        {
            var rung = Rungs[index];
            var highest = promise.Promise.Amount > rung.Amount ? promise : rung.Highest;
            return this with { Rungs = Insert(Rungs.RemoveAt(index), new Rung(highest, rung.Credit + delta)) };
        }

        return promise.Promise.Amount <= Settleable
            ? this with { Covered = Covered + delta }
            : this with { Rungs = Insert(Rungs, new Rung(promise, delta)) };
    }

    /// <summary>Adds credit under a hashlock whose R is known: the promise's amount is settleable.</summary>
    /// <exception cref="OverflowException">The credit would exceed 2^128−1.</exception>
    public Staircase AddRevealed(in VerifiedPromise promise, Amount delta)
    {
        var raised = RaiseTo(Amount.Max(Settleable, promise.Promise.Amount));
        return raised with { Covered = raised.Covered + delta };
    }

    /// <summary>Moves the lowest step up; the rungs it reaches become covered.</summary>
    public Staircase RaiseTo(Amount settleable)
    {
        var (covered, reached) = (Covered, 0);
        while (reached < Rungs.Length && Rungs[reached].Amount <= settleable) covered += Rungs[reached++].Credit;
        return new Staircase(settleable, covered, Rungs.RemoveRange(0, reached));
    }

    /// <summary>Whether every step carries the credit that stands on it.</summary>
    public bool Holds()
    {
        if (Covered > Settleable) return false;
        var credit = Covered;
        // Rungs of one amount are one step: its last one has all the credit, and the others then hold with it.
        foreach (var rung in Rungs)
        {
            credit += rung.Credit;
            if (credit > rung.Amount) return false;
        }
        return true;
    }

    private int IndexOf(Address provider, Hashlock hashlock)
    {
        for (var i = 0; i < Rungs.Length; i++)
            if (Rungs[i].Hashlock == hashlock && Rungs[i].Provider == provider)
                return i;
        return -1;
    }

    private static ImmutableArray<Rung> Insert(ImmutableArray<Rung> rungs, Rung rung)
    {
        var index = rungs.Length;
        while (index > 0 && rungs[index - 1].Amount > rung.Amount) index--;
        return rungs.Insert(index, rung);
    }
}

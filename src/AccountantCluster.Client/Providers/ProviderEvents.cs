using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>The books after an event. Total: an event that a rule named always applies.</summary>
internal static class ProviderEvents
{
    public static ProviderBooks Apply(ProviderBooks books, ProviderEvent @event) => @event switch
    {
        ProviderEvent.ChainBegun begun => Begin(books, begun),
        ProviderEvent.WindowClosed closed => Close(books, closed),
        ProviderEvent.RevealAcknowledged told => books with { Told = Tell(books.Told, told.Position) },
        ProviderEvent.AgreementOpened opened => Open(books, opened.Key),
        ProviderEvent.AgreementFolded folded => books with
        {
            Agreements = books.Agreements.Remove(folded.Key),
            Kept = books.Kept.Remove(folded.Key),
        },
        ProviderEvent.PromisesHandedIn handedIn => HandIn(books, handedIn.Promises),
        ProviderEvent.PromiseAccepted accepted => Accept(books, accepted.Promise),
        ProviderEvent.PromiseRefused refused => books with { HandedIn = books.HandedIn.SetItem(refused.Promise, refused.Reason) },
        ProviderEvent.WrittenOff writtenOff => books with
        {
            HandedIn = books.HandedIn.RemoveRange(books.HandedIn.Keys.Where(promise => promise.Consumer == writtenOff.Consumer)),
        },
        ProviderEvent.PromiseHeld held => Hold(books, held.Promise),
        ProviderEvent.FeeConfirmed fee => books with { Fees = books.Fees.Confirm(fee.BasisPoints, books.Gross) },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of a provider's books."),
    };

    public static ProviderBooks Apply(ProviderBooks books, IEnumerable<ProviderEvent> events) => events.Aggregate(books, Apply);

    private static ProviderBooks Begin(ProviderBooks books, ProviderEvent.ChainBegun begun)
    {
        var position = new ChainPosition(begun.Instance, 0);
        return Forget(books) with
        {
            Chains = books.Chains.SetItem(begun.Instance, 0),
            Instance = begun.Instance,
            Open = begun.First,
            Windows = Forget(books).Windows.SetItem(begun.First, WindowBooks.At(position)),
        };
    }

    // A window under which nothing happened needs no end: its R was never worth anything.
    private static ProviderBooks Forget(ProviderBooks books)
    {
        var unused = books.Windows.Where(window => !window.Value.IsUsed && window.Value.Held is null).Select(window => window.Key);
        return books with { Windows = books.Windows.RemoveRange(unused) };
    }

    private static ProviderBooks Close(ProviderBooks books, ProviderEvent.WindowClosed closed)
    {
        var position = closed.Position;
        var opened = books.Windows
            .Where(window => window.Value.Position.Instance == position.Instance && window.Value.Position.Window <= position.Window)
            .ToArray();
        var windows = books.Windows.RemoveRange(opened.Select(window => window.Key));
        var next = position with { Window = position.Window + 1 };
        return books with
        {
            Chains = books.Chains.SetItem(position.Instance, next.Window),
            Open = closed.Next ?? books.Open,
            Windows = closed.Next is { } hashlock ? windows.SetItem(hashlock, WindowBooks.At(next)) : windows,
            Evidence = opened.Select(window => window.Value).Aggregate(books.Evidence, Keep),
            Kept = opened.Select(window => window.Value).Aggregate(books.Kept, (kept, window) => Keep(books, kept, window)),
            Settleable = opened.Select(window => window.Value.Held).Append(books.Settleable).MaxBy(held => held?.Amount ?? Amount.Zero),
        };
    }

    private static ImmutableDictionary<ulong, uint> Tell(ImmutableDictionary<ulong, uint> told, ChainPosition position) =>
        told.SetItem(position.Instance, Math.Max(told.GetValueOrDefault(position.Instance), position.Window + 1));

    private static ProviderBooks Open(ProviderBooks books, AgreementKey key)
    {
        // Ids are given out by these books, as numbers of 64 bits.
        key.Id.Value.TryToUInt128(out var id);
        return books with
        {
            Agreements = books.Agreements.SetItem(key, Amount.Zero),
            LastAgreementId = Math.Max(books.LastAgreementId, (ulong)id),
        };
    }

    private static ProviderBooks HandIn(ProviderBooks books, ImmutableArray<SignedPromise> promises)
    {
        var windows = promises.Select(promise => promise.Hashlock).Distinct()
            .Where(hashlock => books.Windows.TryGetValue(hashlock, out var window) && !window.IsUsed)
            .Select(hashlock => KeyValuePair.Create(hashlock, books.Windows[hashlock] with { IsUsed = true }));
        return books with
        {
            HandedIn = books.HandedIn.SetItems(promises.Select(promise => KeyValuePair.Create(promise, RejectionReason.None))),
            Windows = books.Windows.SetItems(windows),
        };
    }

    private static ProviderBooks Accept(ProviderBooks books, SignedPromise promise)
    {
        var key = ProviderBooks.KeyOf(promise);
        var (before, total) = (books.AcceptedTotal(key), promise.Agreement.Total);
        var covered = books.HandedIn.Keys.Where(other => ProviderBooks.KeyOf(other) == key && other.Agreement.Total <= total);
        var accepted = books with { HandedIn = books.HandedIn.RemoveRange(covered) };
        if (total <= before) return accepted;
        accepted = accepted with { Agreements = books.Agreements.SetItem(key, total), Gross = books.Gross + (total - before) };
        // Its R is public already: nothing waits for it.
        if (!books.Windows.TryGetValue(promise.Hashlock, out var window)) return accepted;

        var known = window.AcceptedBy.TryGetValue(promise.Consumer, out var credit) ? credit : new WindowCredit(Amount.Zero, promise);
        credit = new WindowCredit(
            known.Credit + (total - before), promise.Amount > known.Highest.Amount ? promise : known.Highest);
        window = window with
        {
            AcceptedBy = window.AcceptedBy.SetItem(promise.Consumer, credit),
            Latest = window.Latest.SetItem(key, promise),
        };
        return accepted with { Windows = books.Windows.SetItem(promise.Hashlock, window) };
    }

    // Per consumer one promise, however long the channel lives: a higher one pays what a lower one would.
    private static ImmutableDictionary<Address, HeldEvidence> Keep(ImmutableDictionary<Address, HeldEvidence> evidence, WindowBooks window)
    {
        var higher = window.AcceptedBy
            .Where(row => row.Value.Highest.Amount > (evidence.GetValueOrDefault(row.Key)?.Promise.Amount ?? Amount.Zero))
            .Select(row => KeyValuePair.Create(row.Key, new HeldEvidence(row.Value.Highest, window.Position)));
        return evidence.SetItems(higher);
    }

    // Per agreement the latest, which alone brings back all of its credit; none of an agreement that was folded meanwhile.
    private static ImmutableDictionary<AgreementKey, HeldEvidence> Keep(
        ProviderBooks books, ImmutableDictionary<AgreementKey, HeldEvidence> kept, WindowBooks window)
    {
        var later = window.Latest
            .Where(row => books.Agreements.ContainsKey(row.Key))
            .Where(row => row.Value.Agreement.Total > (kept.GetValueOrDefault(row.Key)?.Promise.Agreement.Total ?? Amount.Zero))
            .Select(row => KeyValuePair.Create(row.Key, new HeldEvidence(row.Value, window.Position)));
        return kept.SetItems(later);
    }

    private static ProviderBooks Hold(ProviderBooks books, HeldPromise promise)
    {
        if (books.MayDisclose(promise.Position)) return books with { Settleable = promise };
        var window = books.Windows.GetValueOrDefault(promise.Hashlock, WindowBooks.At(promise.Position));
        return books with
        {
            // After the store was lost the accountant is the one who knows the chain; nothing of it may be disclosed yet.
            Chains = books.Chains.SetItem(promise.Position.Instance, books.Chains.GetValueOrDefault(promise.Position.Instance)),
            Windows = books.Windows.SetItem(promise.Hashlock, window with { Held = promise }),
        };
    }
}

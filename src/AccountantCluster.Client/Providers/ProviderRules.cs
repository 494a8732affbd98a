using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// The provider's side of protocol §5, pure: no clock, no I/O. A provider loses money by disclosing an R under which the accountant has
/// promises and the provider has none, so every rule is about that.
/// </summary>
internal static class ProviderRules
{
    /// <summary>Judges an answer: what was accepted, what was refused, and whether the accountant's promise is worth holding.</summary>
    /// <param name="books">The provider's books.</param>
    /// <param name="promises">The batch.</param>
    /// <param name="reasons">One reason per promise.</param>
    /// <param name="promise">The accountant's promise, verified; null where the answer has none that can be used.</param>
    public static ImmutableArray<ProviderEvent> DecideAnswer(
        ProviderBooks books, IReadOnlyList<SignedPromise> promises, IReadOnlyList<RejectionReason> reasons, HeldPromise? promise)
    {
        var events = ImmutableArray.CreateBuilder<ProviderEvent>();
        for (var i = 0; i < promises.Count; i++)
        {
            // Answered before, or covered by a later promise of its agreement.
            if (!books.HandedIn.ContainsKey(promises[i])) continue;
            if (Judge(promises[i], reasons[i]) is { } judged) events.Add(judged);
        }
        if (promise is not null) events.AddRange(DecideHold(books, promise));
        return events.ToImmutable();
    }

    /// <summary>
    /// Judges a verified promise of the accountant. Each window keeps its own highest, so that a promise under a window that must stay
    /// secret never takes the place of one that can be settled.
    /// </summary>
    public static ImmutableArray<ProviderEvent> DecideHold(ProviderBooks books, HeldPromise promise)
    {
        var isOpen = books.Windows.TryGetValue(promise.Hashlock, out var window);
        var held = isOpen ? window!.Held : books.MayDisclose(promise.Position) ? books.Settleable : null;
        // A later window of this process' own chain was never published: whoever names it lies, and wants its R.
        if (!isOpen && promise.Position.Instance == books.Instance && !books.MayDisclose(promise.Position)) return [];
        return promise.Amount > (held?.Amount ?? Amount.Zero) ? [new ProviderEvent.PromiseHeld(promise)] : [];
    }

    /// <summary>
    /// Whether R of a window may become public (protocol §5): everything handed in under it is answered, what was refused and can still be
    /// collected is under the limit, and the accountant's promise that R opens covers what these books have under it and under every R that
    /// is public. That includes a window under which nothing was accepted: a copy of a refused promise that was held up on its way may be
    /// accepted after all, and under an R that stays secret its credit could never be signed for. What the accountant may collect so is
    /// within the limit all the same.
    /// </summary>
    public static CloseOutcome CanClose(ProviderBooks books, Hashlock hashlock, Amount refusedLimit)
    {
        var position = books.Windows[hashlock].Position;
        // R of a window opens the windows below it too.
        var opened = books.Windows
            .Where(window => window.Value.Position.Instance == position.Instance && window.Value.Position.Window <= position.Window)
            .ToDictionary();
        var rows = books.HandedIn.Where(row => opened.ContainsKey(row.Key.Hashlock)).ToArray();
        if (rows.Any(row => row.Value == RejectionReason.None)) return CloseOutcome.Unanswered;
        if (RefusedSum(books, opened.ContainsKey) > refusedLimit)
            return opened.Values.Any(window => window.HasCredit) ? CloseOutcome.TooMuchRefused : CloseOutcome.NothingAccepted;

        var promised = opened.Values.Select(window => window.Held).Append(books.Settleable).Max(held => held?.Amount ?? Amount.Zero);
        return promised < OwedWithout(books, window => !opened.ContainsKey(window)) ? CloseOutcome.NotPromised : CloseOutcome.Closable;
    }

    // What the accountant owes for everything that it can collect: its total leaves out what waits under windows that stay secret (protocol
    // §4, signing rule), and this R opens none of those.
    private static Amount OwedWithout(ProviderBooks books, Func<Hashlock, bool> staysSecret)
    {
        var secret = books.Windows
            .Where(window => staysSecret(window.Key))
            .SelectMany(window => window.Value.AcceptedBy.Values)
            .Aggregate(Amount.Zero, (sum, accepted) => sum + accepted.Credit);
        return books.Fees.Net(books.Gross - secret);
    }

    /// <summary>
    /// What the accountant refused and could collect: promises under windows whose R is public or is about to be. Those under a window that
    /// stays secret are worth nothing to anybody.
    /// </summary>
    public static Amount RefusedSum(ProviderBooks books, Func<Hashlock, bool> isAboutToOpen) => books.HandedIn
        .Where(row => row.Value != RejectionReason.None)
        .Where(row => !books.Windows.ContainsKey(row.Key.Hashlock) || isAboutToOpen(row.Key.Hashlock))
        .GroupBy(row => ProviderBooks.KeyOf(row.Key))
        .Select(group => group.Max(row => row.Key.Agreement.Total).SaturatingSubtract(books.AcceptedTotal(group.Key)))
        .Aggregate(Amount.Zero, (sum, refused) => sum + refused);

    /// <summary>
    /// Credit of a consumer that is not exchanged yet, in token base units: invoiced and not accepted, or accepted under a window whose R
    /// is secret. Service stops before it reaches E (protocol §4 rule 6).
    /// </summary>
    /// <param name="books">The provider's books.</param>
    /// <param name="consumer">Whose credit.</param>
    /// <param name="invoiced">What the consumer's agreements were invoiced for.</param>
    public static Amount Exposure(ProviderBooks books, Address consumer, IEnumerable<KeyValuePair<AgreementKey, Amount>> invoiced)
    {
        var exposed = Amount.Zero;
        foreach (var window in books.Windows.Values) exposed += window.AcceptedBy.GetValueOrDefault(consumer).Credit;
        foreach (var (key, total) in invoiced) exposed += total.SaturatingSubtract(books.AcceptedTotal(key));
        return exposed;
    }

    /// <summary>
    /// Whether the accountant forgot what it promised: its word is below what can be settled at any time, so its books were restored from
    /// an old backup (protocol §4).
    /// </summary>
    /// <param name="books">The provider's books.</param>
    /// <param name="word">The highest total that the accountant says it promised.</param>
    public static bool IsBehind(ProviderBooks books, Amount word) => books.Settleable is { } held && word < held.Amount;

    /// <summary>A refused consumer gets no service until its promise is resolved (protocol §5).</summary>
    public static bool IsRefused(ProviderBooks books, Address consumer) =>
        books.HandedIn.Any(row => row.Key.Consumer == consumer && row.Value != RejectionReason.None);

    /// <summary>
    /// Opens an agreement, and folds the consumer's oldest ones that have nothing open, so that fewer are open than the accountant keeps
    /// (protocol §4 rule 7).
    /// </summary>
    public static ImmutableArray<ProviderEvent> DecideOpenAgreement(ProviderBooks books, Address consumer)
    {
        var key = new AgreementKey(consumer, AgreementId.From(books.LastAgreementId + 1));
        var busy = books.HandedIn.Keys.Select(ProviderBooks.KeyOf).ToHashSet();
        var own = books.Agreements.Keys.Where(other => other.Consumer == consumer).OrderBy(other => other.Id).ToArray();
        var folded = own.Where(other => !busy.Contains(other)).Take(Math.Max(0, own.Length - AgreementsOpen + 1));
        return [.. folded.Select(other => new ProviderEvent.AgreementFolded(other)), new ProviderEvent.AgreementOpened(key)];
    }

    /// <summary>
    /// Agreements of one consumer at once: fewer than the accountant keeps, so that none of ours is closed under our hands.
    /// </summary>
    public const int AgreementsOpen = ProtocolLimits.AgreementsKept / 2;

    private static ProviderEvent? Judge(SignedPromise promise, RejectionReason reason) => reason switch
    {
        RejectionReason.None or RejectionReason.AlreadyCovered => new ProviderEvent.PromiseAccepted(promise),
        // Not answered: to be handed in again.
        RejectionReason.OutcomeUnknown or RejectionReason.Overloaded => null,
        RejectionReason.LimitExceeded or RejectionReason.Unauthenticated => null,
        _ => new ProviderEvent.PromiseRefused(promise, reason),
    };
}

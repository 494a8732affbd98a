using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>
/// A provider's real books, store, vault and verifier against an accountant that says whatever a number tells it to say. Counts for itself
/// what it is owed and looks, at every R that becomes public, whether it may.
/// </summary>
internal sealed class ProviderUnderTest : IDisposable
{
    public const ulong RefusedLimit = 8;
    private const uint FeeBasisPoints = 300;

    private static readonly PrivateKey[] Consumers = [TestWorld.Alice, TestWorld.Bob];

    private readonly TemporaryFile _file = new();
    private readonly HonestAccountant _signer = new(TestWorld.Profile, TestWorld.Operator);
    private readonly ChainVault _vault = new(TestWorld.Profile, TestWorld.Provider);
    private readonly AccountantPromiseVerifier _verifier;
    private ProviderLedger _ledger;

    // The model: what the accountant said yes to, per consumer, and what it said at all.
    private readonly Dictionary<Address, ulong> _asked = [];
    private readonly Dictionary<Address, ulong> _accepted = [];
    private readonly Dictionary<Hashlock, ulong> _acceptedUnder = [];
    private readonly Dictionary<SignedPromise, bool> _answered = [];
    private readonly List<Preimage> _public = [];
    private readonly List<SignedPromise[]> _onTheWay = [];
    private readonly HashSet<Hashlock> _published = [];
    private readonly HashSet<Hashlock> _ended = [];
    private AccountantPromise? _oldPromise;

    public ProviderUnderTest()
    {
        _verifier = new AccountantPromiseVerifier(
            TestWorld.Profile, TestWorld.Provider.Address, _vault, new FixedChain(FeeBasisPoints), Curve.Default);
        _ledger = new ProviderLedger(new ProviderStore(OpenFile()));
        Commit(new ProviderEvent.FeeConfirmed(FeeBasisPoints));
        foreach (var consumer in Consumers) Commit(new ProviderEvent.AgreementOpened(KeyOf(consumer)));
        BeginChain();
    }

    public int Closed { get; private set; }

    public void Step(int kind, int choice)
    {
        switch (kind)
        {
            case 0 or 1 or 2: HandIn(Consumers[choice % 2], (ulong)(choice / 2 % 12) + 1); break;
            case 3 or 4 or 5: Answer(choice); break;
            case 6 or 7: TryClose(choice); break;
            default: Crash(); break;
        }
        CheckBooks();
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _file.Dispose();
    }

    private static AgreementKey KeyOf(PrivateKey consumer) =>
        new(consumer.Address, AgreementId.From(consumer == TestWorld.Alice ? 1UL : 2UL));

    private static ulong Total(SignedPromise promise) => (ulong)promise.Agreement.Total.Units;

    private SqliteFile OpenFile() => SqliteFile.Open(_file.Path, ProviderStore.Schema, "test", StoreDurability.ProcessCrash);

    private void Commit(params ProviderEvent[] events)
    {
        lock (_ledger.Gate) _ledger.Commit(events);
    }

    private void BeginChain()
    {
        // Not random, so that a failing case can be run again.
        var instance = (ulong)_ledger.Books.Chains.Count + 1;
        Commit(new ProviderEvent.ChainBegun(instance, _vault.Hashlock(new ChainPosition(instance, 0))));
        Publish();
    }

    // A hashlock goes out to consumers: its R must be secret, and it must be new.
    private void Publish()
    {
        var open = _ledger.Books.Open;
        Assert.True(_published.Add(open), "a hashlock was published twice");
        Assert.DoesNotContain(open, _ended);
        Assert.Throws<InvalidOperationException>(() => _vault.Disclose(_ledger.Books, _ledger.Books.Windows[open].Position));
    }

    private void HandIn(PrivateKey consumer, ulong delta)
    {
        var total = _asked[consumer.Address] = _asked.GetValueOrDefault(consumer.Address) + delta;
        var promise = TestWorld.Promise(consumer, total, total, _ledger.Books.Open, agreement: consumer == TestWorld.Alice ? 1UL : 2UL);
        Commit(new ProviderEvent.PromisesHandedIn([promise]));
        _answered[promise] = false;
        _onTheWay.Add([promise]);
    }

    private void Answer(int choice)
    {
        if (_onTheWay.Count == 0) return;
        // In any order, and sometimes never: then it is asked again.
        var batch = _onTheWay[choice % _onTheWay.Count];
        var (says, lie) = (choice / 4 % 6, choice / 24 % 8);
        var reason = says switch
        {
            0 or 1 or 2 => RejectionReason.None,
            3 => RejectionReason.AlreadyCovered,
            4 => RejectionReason.PromiseTooLow,
            _ => RejectionReason.OutcomeUnknown,
        };
        if (reason != RejectionReason.OutcomeUnknown) _onTheWay.Remove(batch);
        Hear(batch, reason);
        var promise = Sign(batch[0].Hashlock, lie);
        var held = promise is null ? null : _verifier.VerifyAsync(promise, _ledger.Books, null, default).GetAwaiter().GetResult();
        Commit([.. ProviderRules.DecideAnswer(_ledger.Books, batch, [reason], held)]);
    }

    private void Hear(SignedPromise[] batch, RejectionReason reason)
    {
        if (reason == RejectionReason.OutcomeUnknown) return;
        var promise = batch[0];
        _answered[promise] = true;
        var before = _accepted.GetValueOrDefault(promise.Consumer);
        if (reason is not (RejectionReason.None or RejectionReason.AlreadyCovered) || Total(promise) <= before) return;
        _accepted[promise.Consumer] = Total(promise);
        _acceptedUnder[promise.Hashlock] = _acceptedUnder.GetValueOrDefault(promise.Hashlock) + Total(promise) - before;
    }

    private AccountantPromise? Sign(Hashlock hashlock, int lie)
    {
        var (provider, owed) = (TestWorld.Provider.Address, Owed());
        if (owed == 0 || lie == 7) return null;
        var promise = lie switch
        {
            0 => _signer.Sign(provider, new Amount(owed - 1 == 0 ? 1 : owed - 1), hashlock),
            1 => _signer.Sign(provider, new Amount(owed), TestWorld.Lock(99)),
            2 => _signer.Sign(provider, new Amount(owed), hashlock, TestWorld.OtherProvider),
            3 => _signer.Sign(TestWorld.OtherProvider.Address, new Amount(owed), hashlock),
            4 when _oldPromise is not null => _oldPromise,
            _ => _signer.Sign(provider, new Amount(owed), hashlock),
        };
        _oldPromise ??= promise;
        return promise;
    }

    private ulong Owed() => Net(_accepted.Values);

    // What the accountant can collect by now, and what of it must be promised.
    private ulong OwedInPublic() => Net(_acceptedUnder.Where(pair => IsPublic(pair.Key)).Select(pair => pair.Value));

    private bool IsPublic(Hashlock hashlock) => _public.Exists(r => HashSteps.Find(r.Value, hashlock) is not null);

    private static ulong Net(IEnumerable<ulong> accepted)
    {
        var gross = accepted.Aggregate(0UL, (sum, total) => sum + total);
        return gross - (gross * FeeBasisPoints / 10_000);
    }

    private void TryClose(int choice)
    {
        var windows = _ledger.Books.Windows.Keys.Order().ToArray();
        var hashlock = windows[choice % windows.Length];
        if (ProviderRules.CanClose(_ledger.Books, hashlock, new Amount(RefusedLimit)) != CloseOutcome.Closable) return;
        var position = _ledger.Books.Windows[hashlock].Position;
        var isOpen = hashlock == _ledger.Books.Open;
        var next = isOpen ? _vault.Hashlock(position with { Window = position.Window + 1 }) : (Hashlock?)null;
        Commit(new ProviderEvent.WindowClosed(hashlock, position, next));
        CheckDisclosure(position);
        Closed++;
        if (isOpen) Publish();
    }

    // From here on R is public.
    private void CheckDisclosure(ChainPosition position)
    {
        var stored = Reopen();
        var r = _vault.Disclose(stored, position);
        _ended.Add(r.ToHashlock());
        _public.Add(r);

        // A promise that covers all that can be collected is on the disk, and the provider can open it.
        if (OwedInPublic() is var owed and > 0)
        {
            var held = Assert.IsType<HeldPromise>(stored.Settleable);
            Assert.True(held.Amount >= new Amount(owed), $"holds {held.Amount}, is owed {owed}");
            Assert.True(_vault.Disclose(stored, held.Position).Opens(held.Hashlock));
            var message = new ProviderPromise(TestWorld.Profile.ProviderChannelOf(TestWorld.Provider.Address), held.Amount, held.Hashlock);
            Assert.True(Curve.Default.TryRecover(TestWorld.Profile.Domain.Digest(message), held.Signature, out var signer));
            Assert.Equal(TestWorld.Operator.Address, signer);
        }

        // Whatever the accountant can now collect and did not credit is answered, and below the limit.
        var opened = _answered.Where(row => HashSteps.Find(r.Value, row.Key.Hashlock) is not null).ToArray();
        foreach (var (promise, answered) in opened)
            Assert.True(answered || Total(promise) <= _accepted.GetValueOrDefault(promise.Consumer), "R of an unanswered promise");
        var lost = 0UL;
        foreach (var group in opened.GroupBy(row => row.Key.Consumer))
        {
            var (most, credited) = (group.Max(row => Total(row.Key)), _accepted.GetValueOrDefault(group.Key));
            lost += most - Math.Min(most, credited);
        }
        Assert.True(lost <= RefusedLimit, $"{lost} can be collected without having been credited");
    }

    private void Crash()
    {
        // A chain takes 20 ms to derive, and the vault remembers two.
        if (_ledger.Books.Chains.Count >= 3) return;
        var before = _ledger.Books;
        _ledger.Dispose();
        _ledger = new ProviderLedger(new ProviderStore(OpenFile()));
        AssertSame(before, _ledger.Books);
        // What was on its way is forgotten and handed in again, under its old window.
        _onTheWay.Clear();
        var unanswered = before.HandedIn.Where(row => row.Value == RejectionReason.None).Select(row => row.Key);
        _onTheWay.AddRange(unanswered.OrderBy(Total).Select(promise => new[] { promise }));
        BeginChain();
    }

    // What the disk holds. The process did not end: its chain goes on.
    private ProviderBooks Reopen()
    {
        var before = _ledger.Books;
        _ledger.Dispose();
        var store = new ProviderStore(OpenFile());
        _ledger = new ProviderLedger(store, before);
        var stored = store.Load();
        AssertSame(before, stored);
        return stored;
    }

    private void CheckBooks()
    {
        Assert.Equal(new Amount(Owed()), _ledger.Books.Owed);
        Assert.All(_ledger.Books.Windows.Values, window => Assert.False(_ledger.Books.MayDisclose(window.Position)));
    }

    private static void AssertSame(ProviderBooks expected, ProviderBooks actual)
    {
        Assert.Equal(expected.Chains.OrderBy(chain => chain.Key), actual.Chains.OrderBy(chain => chain.Key));
        Assert.Equal(expected.Agreements.OrderBy(pair => pair.Key.Id), actual.Agreements.OrderBy(pair => pair.Key.Id));
        Assert.Equal(expected.HandedIn.ToHashSet(), actual.HandedIn.ToHashSet());
        Assert.Equal(expected.Evidence.ToHashSet(), actual.Evidence.ToHashSet());
        Assert.Equal(expected.Kept.ToHashSet(), actual.Kept.ToHashSet());
        Assert.Equal((expected.Gross, expected.Settleable), (actual.Gross, actual.Settleable));
        Assert.Equal(expected.LastAgreementId, actual.LastAgreementId);
        Assert.Equal(expected.Owed, actual.Owed);
        Assert.Equal(expected.Fees.ConfirmedGross, actual.Fees.ConfirmedGross);
        Assert.Equal(expected.Windows.Keys.Order(), actual.Windows.Keys.Order());
        foreach (var (hashlock, window) in expected.Windows)
        {
            var stored = actual.Windows[hashlock];
            Assert.Equal((window.Position, window.Held, window.IsUsed), (stored.Position, stored.Held, stored.IsUsed));
            Assert.Equal(window.AcceptedBy.ToHashSet(), stored.AcceptedBy.ToHashSet());
            Assert.Equal(window.Latest.ToHashSet(), stored.Latest.ToHashSet());
        }
    }
}

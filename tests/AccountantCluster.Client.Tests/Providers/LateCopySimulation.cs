using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>
/// The parts of a provider's account, stepped by a number, with consumers that are registered late, answers that are lost and copies that
/// come long after their refusal was seen.
/// </summary>
internal sealed class LateCopySimulation : IDisposable
{
    private const ulong RefusedLimit = 8;
    private const ushort FeeBasisPoints = 300;
    private const int MaxChains = 6;

    private static readonly PrivateKey[] Consumers = [.. Enumerable.Range(0, 4).Select(i => TestWorld.Key($"late consumer {i}"))];

    private readonly TemporaryFile _file = new();
    private readonly HonestAccountant _accountant = new(TestWorld.Profile, TestWorld.Operator, FeeBasisPoints);
    private readonly UnreliableExchange _exchange;
    private readonly Dictionary<Address, ulong> _asked = [];
    private readonly HashSet<SignedPromise> _writtenOff = [];
    private ProviderContext _context = null!;
    private HandIn _handIn = null!;
    private Disclosure _disclosure = null!;
    private WindowKeeper _keeper = null!;
    private Recovery _recovery = null!;
    private bool _isRecovered;

    public LateCopySimulation()
    {
        _exchange = new UnreliableExchange(_accountant, TestWorld.Provider.Address);
        _accountant.Deposit(Consumers[0].Address, 1_000_000);
        _accountant.Deposit(Consumers[1].Address, 20);
        Start();
        lock (_context.Ledger.Gate)
        {
            for (var i = 0; i < Consumers.Length; i++)
                _context.Ledger.Commit([new ProviderEvent.AgreementOpened(KeyOf(Consumers[i].Address))]);
        }
    }

    /// <summary>Copies whose promise had been refused and was accepted after all.</summary>
    public int AcceptedLate { get; private set; }

    private ProviderBooks Books => _context.Ledger.Books;

    public async Task StepAsync(int kind, int choice)
    {
        switch (kind)
        {
            case 0 or 1 or 2: await PayAsync(Consumers[choice % 4], (ulong)(choice / 4 % 6) + 1, choice / 24 % 5); break;
            case 3 or 4: DeliverAgain(choice); break;
            case 5: _accountant.Deposit(Consumers[choice % 4].Address, 15); break;
            case 6 or 7: await TryAsync(() => _keeper.LookAsync(atOnce: true, default)); break;
            case 8: WriteOff(Consumers[choice % 4].Address); break;
            default: await RestartAsync(); break;
        }
        await TryAsync(CycleAsync);
        CheckDisclosures();
    }

    /// <summary>Every copy arrives, every later answer comes, and the next session begins and ends: nothing may be left behind.</summary>
    public async Task FinishAsync()
    {
        foreach (var consumer in Consumers) _accountant.Deposit(consumer.Address, 1_000_000);
        for (var i = 0; i < _exchange.Sent.Count && i < 1_000; i++) DeliverAgain(i);
        await EndSessionAsync();
        var refused = Books.HandedIn.Values.Count(reason => reason != RejectionReason.None);
        if (refused > 0 && RefusedSum() > RefusedLimit)
        {
            foreach (var consumer in Consumers) WriteOff(consumer.Address);
            await EndSessionAsync();
        }
        // What was signed in answer to a copy is heard of when the next session opens.
        Restart();
        await EndSessionAsync();
        Assert.DoesNotContain(RejectionReason.None, Books.HandedIn.Values);
        var state = _accountant.ProviderOf(TestWorld.Provider.Address);
        Assert.Equal(state.Gross, state.Revealed);
        var gross = (ulong)state.Gross.Units;
        Assert.Equal(new Amount(gross - (gross * FeeBasisPoints / 10_000)), Books.Settleable?.Amount ?? Amount.Zero);
    }

    public void Dispose()
    {
        _context.Ledger.Dispose();
        _file.Dispose();
    }

    private static AgreementKey KeyOf(Address consumer) =>
        new(consumer, AgreementId.From((ulong)Array.FindIndex(Consumers, key => key.Address == consumer) + 1));

    private static ulong Total(SignedPromise promise) => (ulong)promise.Agreement.Total.Units;

    private void Start()
    {
        var ledger = new ProviderLedger(
            new ProviderStore(SqliteFile.Open(_file.Path, ProviderStore.Schema, "test", StoreDurability.ProcessCrash)));
        var vault = new ChainVault(TestWorld.Profile, TestWorld.Provider);
        var chain = new FixedChain(FeeBasisPoints);
        var verifier = new AccountantPromiseVerifier(TestWorld.Profile, TestWorld.Provider.Address, vault, chain, Curve.Default);
        var options = new ProviderOptions { InvoiceGrace = TimeSpan.Zero, MaxQuestions = 1, RefusedLimit = new Amount(RefusedLimit) };
        _context = new ProviderContext(
            TestWorld.Profile,
            TestWorld.Provider.Address,
            ledger,
            vault,
            _exchange,
            chain,
            verifier,
            options,
            TimeProvider.System);
        _handIn = new HandIn(_context);
        _disclosure = new Disclosure(_context, _handIn);
        _keeper = new WindowKeeper(_context, _handIn, _disclosure);
        _recovery = new Recovery(_context, _handIn, _disclosure);
        _isRecovered = false;
        _recovery.OpenAsync(default).GetAwaiter().GetResult();
        lock (ledger.Gate) _context.BeginChain();
    }

    // What ProviderLoop does in one cycle.
    private async Task CycleAsync()
    {
        if (!_isRecovered) _isRecovered = await _recovery.RunAsync(default);
        if (!_isRecovered) return;
        _disclosure.CloseEarlier();
        if (_context.RevealDue) await _disclosure.RevealAsync(default);
        await _handIn.ResendAsync(Books.Open, default);
    }

    // A refused consumer is asked for the same total again; any other for more.
    private async Task PayAsync(PrivateKey consumer, ulong delta, int fate)
    {
        if (!_isRecovered) return;
        var total = _asked.GetValueOrDefault(consumer.Address);
        if (total == 0 || !Books.HandedIn.Keys.Any(promise => promise.Consumer == consumer.Address)) total += delta;
        _asked[consumer.Address] = total;
        var id = (ulong)Array.IndexOf(Consumers, consumer) + 1;
        var promise = TestWorld.Promise(consumer, total, total, Books.Open, agreement: id);
        if (Books.HandedIn.ContainsKey(promise)) return;
        _exchange.Next = fate switch
        {
            3 => UnreliableExchange.Fate.RequestLost,
            4 => UnreliableExchange.Fate.AnswerLost,
            _ => UnreliableExchange.Fate.Delivered,
        };
        await TryAsync(() => _handIn.SendAsync(Books.Open, [promise], default));
    }

    private void DeliverAgain(int index)
    {
        if (_exchange.Sent.Count == 0) return;
        var before = _accountant.ProviderOf(TestWorld.Provider.Address).Gross;
        _exchange.DeliverAgain(index);
        if (_accountant.ProviderOf(TestWorld.Provider.Address).Gross > before) AcceptedLate++;
    }

    private void WriteOff(Address consumer)
    {
        _writtenOff.UnionWith(Books.HandedIn.Keys.Where(promise => promise.Consumer == consumer));
        lock (_context.Ledger.Gate) _context.Ledger.Commit([new ProviderEvent.WrittenOff(consumer)]);
    }

    private async Task RestartAsync()
    {
        if (Books.Chains.Count >= MaxChains) return;
        Restart();
        await TryAsync(CycleAsync);
    }

    private void Restart()
    {
        _context.Ledger.Dispose();
        Start();
    }

    private async Task EndSessionAsync()
    {
        for (var round = 0; round < 6; round++)
        {
            await TryAsync(CycleAsync);
            await TryAsync(() => _keeper.LookAsync(atOnce: true, default));
            await TryAsync(() => _disclosure.RevealAsync(default));
            CheckDisclosures();
        }
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (AccountantUnavailableException)
        {
            // The loop pauses and goes on.
        }
    }

    // The two halves of protocol §5: nothing unanswered is opened, and what was refused and opened is below the limit.
    private void CheckDisclosures()
    {
        var opened = _exchange.Sent.SelectMany(batch => batch.Promises).Distinct()
            .Where(promise => !_writtenOff.Contains(promise) && _exchange.IsPublic(promise.Hashlock)).ToArray();
        foreach (var promise in opened) Assert.True(IsAnswered(promise), "R of an unanswered promise");
        Assert.True(Lost(opened) <= RefusedLimit, $"{Lost(opened)} can be collected without having been credited");
    }

    private bool IsAnswered(SignedPromise promise) =>
        _exchange.Answered.ContainsKey(promise) || promise.Agreement.Total <= Books.AcceptedTotal(KeyOf(promise.Consumer));

    private ulong RefusedSum() => Lost(Books.HandedIn.Keys);

    private ulong Lost(IEnumerable<SignedPromise> promises) => promises
        .GroupBy(promise => promise.Consumer)
        .Select(group => (Most: group.Max(Total), Accepted: (ulong)Books.AcceptedTotal(KeyOf(group.Key)).Units))
        .Aggregate(0UL, (sum, row) => sum + row.Most - Math.Min(row.Most, row.Accepted));
}

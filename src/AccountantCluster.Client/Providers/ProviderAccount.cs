using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// A provider's receiving channel with one accountant. Keeps every rule of protocol §5 for its user: invoices go out under the open window,
/// promises are handed in in batches, the accountant's promise is verified and durable before an R becomes public, and what proves the
/// provider's claims is kept. One process at a time holds the store's file. Safe for concurrent use.
/// </summary>
public sealed partial class ProviderAccount : IAsyncDisposable
{
    private readonly ProviderContext _context;
    private readonly ICurve _curve;
    private readonly Recovery _recovery;
    private readonly ProviderLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;
    private bool _disposed;

    private ProviderAccount(ProviderContext context, ICurve curve)
    {
        (_context, _curve) = (context, curve);
        var handIn = new HandIn(context);
        var disclosure = new Disclosure(context, handIn);
        _recovery = new Recovery(context, handIn, disclosure);
        var restoration = new Restoration(context, handIn, disclosure);
        _loop = new ProviderLoop(context, handIn, disclosure, new WindowKeeper(context, handIn, disclosure), _recovery, restoration);
    }

    /// <summary>The accountant.</summary>
    public AccountantProfile Profile => _context.Profile;

    /// <summary>The provider's identity.</summary>
    public Address Identity => _context.Provider;

    /// <summary>The accountant's terms.</summary>
    /// <exception cref="InvalidOperationException">The account was not started.</exception>
    public AccountantTerms Terms => _context.Terms ?? throw NotStarted();

    /// <summary>Whether the account exchanges by itself.</summary>
    public bool IsStarted => _running is not null;

    /// <summary>How the provider stands with this accountant.</summary>
    public ProviderStatus Status
    {
        get
        {
            lock (_context.Ledger.Gate)
            {
                var books = _context.Ledger.Books;
                return new ProviderStatus(
                    books.Gross,
                    books.Owed,
                    books.Highest?.Amount ?? Amount.Zero,
                    books.Settleable?.Amount ?? Amount.Zero,
                    ProviderRules.RefusedSum(books, hashlock => hashlock == books.Open),
                    books.HandedIn.Count(row => row.Value == RejectionReason.None),
                    books.Windows.TryGetValue(books.Open, out var window) ? window.Position : default,
                    _context.Problem)
                {
                    Risk = _context.Risk,
                };
            }
        }
    }

    /// <summary>
    /// The highest promise that can be settled at once; null before the first. Needs neither the accountant nor a started account.
    /// </summary>
    public SettleablePromise? Settleable
    {
        get
        {
            return _context.DiscloseSettleable();
        }
    }

    /// <summary>
    /// Per consumer the highest accepted promise whose R may be public: what brings money into the accountant without its help. Needs
    /// neither the accountant nor a started account.
    /// </summary>
    public IReadOnlyList<CollectablePromise> Evidence
    {
        get
        {
            return _context.DiscloseEvidence();
        }
    }

    /// <summary>Opens the provider's books, or begins them.</summary>
    /// <param name="profile">The accountant.</param>
    /// <param name="key">The provider's key, from which all Rs are derived; the caller keeps and disposes it.</param>
    /// <param name="storePath">An SQLite file of this identity and accountant alone; created where it is missing.</param>
    /// <param name="exchange">The way to the accountant; disposed with the account.</param>
    /// <param name="onChain">What the chain says of the accountant.</param>
    /// <param name="options">The provider's choices.</param>
    /// <param name="durability">What the file survives.</param>
    /// <param name="curve">Verifies; the machine's fastest by default.</param>
    /// <param name="time">The clock that windows go by.</param>
    /// <exception cref="StoreException">The file is in use, or somebody else's.</exception>
    public static ProviderAccount Open(
        AccountantProfile profile,
        PrivateKey key,
        string storePath,
        IExchangeClient exchange,
        IAccountantOnChain onChain,
        ProviderOptions? options = null,
        StoreDurability durability = StoreDurability.PowerLoss,
        ICurve? curve = null,
        TimeProvider? time = null)
    {
        var owner = SqliteFile.OwnerName("provider", key.Address, profile);
        var ledger = new ProviderLedger(new ProviderStore(SqliteFile.Open(storePath, ProviderStore.Schema, owner, durability)));
        var vault = new ChainVault(profile, key);
        var verifier = new AccountantPromiseVerifier(profile, key.Address, vault, onChain, curve ?? Curve.Default);
        var context = new ProviderContext(
            profile,
            key.Address,
            ledger,
            vault,
            exchange,
            onChain,
            verifier,
            options ?? new ProviderOptions(),
            time ?? TimeProvider.System);
        return new ProviderAccount(context, curve ?? Curve.Default);
    }

    /// <summary>Begins a new hash chain, opens the session, and from then on exchanges by itself.</summary>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached, refuses, or takes too large a fee.</exception>
    /// <exception cref="InvalidOperationException">The account was started before.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (_running is not null) throw new InvalidOperationException("The account was started before.");
        await _recovery.OpenAsync(cancellation);
        lock (_context.Ledger.Gate) _context.BeginChain();
        _running = Task.Run(() => _loop.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>Begins a service session with a consumer. Durable: its id never comes again.</summary>
    public AgreementKey OpenAgreement(Address consumer)
    {
        lock (_context.Ledger.Gate)
        {
            var events = ProviderRules.DecideOpenAgreement(_context.Ledger.Books, consumer);
            _context.Ledger.Commit(events);
            return events.OfType<ProviderEvent.AgreementOpened>().Single().Key;
        }
    }

    /// <summary>
    /// Asks for more of an agreement, on top of everything that was asked for before. Waits while the window changes, and while the
    /// consumer's unexchanged credit leaves no room below the accountant's exposure limit.
    /// </summary>
    /// <param name="agreement">The service session.</param>
    /// <param name="amount">What was used since the last invoice, in token base units.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ServicePausedException">The consumer's last promise was refused, or the invoice could bring the risk above its
    /// limit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Nothing, more than the exposure limit, or less than the terms ask of a first
    /// payment.</exception>
    public async Task<Invoice> InvoiceAsync(AgreementKey agreement, Amount amount, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(amount, Amount.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Terms.ExposureLimit);
        while (true)
        {
            Task changed;
            lock (_context.Ledger.Gate)
            {
                var books = _context.Ledger.Books;
                if (ProviderRules.IsRefused(books, agreement.Consumer)) throw new ServicePausedException(agreement.Consumer);
                if (!AllowsRisk(amount)) throw new ServicePausedException(_context.Risk, _context.Options.RiskLimit!.Value);
                var before = _context.Desk.TotalOf(books, agreement);
                if (before.IsZero) ArgumentOutOfRangeException.ThrowIfLessThan(amount, Terms.MinimumFirstPayment);
                var exposed = _context.Desk.ExposureOf(books, agreement.Consumer) + amount;
                if (exposed <= Terms.ExposureLimit && _context.ClosingSince is null) return Issue(agreement, before + amount);
                changed = _context.Changed;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Asks for the same total again, under the open window: for a promise that came late, or that was refused and whose window is closed
    /// by now.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is open of the agreement.</exception>
    public async Task<Invoice> InvoiceAgainAsync(AgreementKey agreement, CancellationToken cancellation = default)
    {
        while (true)
        {
            Task changed;
            lock (_context.Ledger.Gate)
            {
                var books = _context.Ledger.Books;
                var total = _context.Desk.TotalOf(books, agreement);
                if (total <= books.AcceptedTotal(agreement)) throw new InvalidOperationException("Everything that was asked for is paid.");
                if (_context.ClosingSince is null) return Issue(agreement, total);
                changed = _context.Changed;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Takes a consumer's promise, hands it in and waits for what becomes of it. Ending the wait does not take the promise back. The same
    /// promise again is harmless.
    /// </summary>
    public async Task<PaymentOutcome> ReceiveAsync(SignedPromise promise, CancellationToken cancellation = default)
    {
        if (promise.Agreement.Provider != Identity || promise.Amount < promise.Agreement.Total) return PaymentOutcome.NotAsInvoiced;
        if (!promise.IsSignedByConsumer(Profile, _curve)) return PaymentOutcome.InvalidSignature;
        TaskCompletionSource<PaymentOutcome>? waiting;
        lock (_context.Ledger.Gate)
        {
            if (_running is null) throw NotStarted();
            var (books, key) = (_context.Ledger.Books, ProviderBooks.KeyOf(promise));
            if (!books.Agreements.TryGetValue(key, out var accepted)) return PaymentOutcome.NotAsInvoiced;
            if (accepted >= promise.Agreement.Total) return PaymentOutcome.Accepted;
            if (!_context.Desk.Expects(promise)) return PaymentOutcome.NotAsInvoiced;
            if (promise.Hashlock != books.Open) return PaymentOutcome.Late;
            if (!_context.Waiting.TryGetValue(promise, out waiting))
            {
                waiting = new TaskCompletionSource<PaymentOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
                _context.Waiting.Add(promise, waiting);
                _context.Pending.Add(promise);
                _context.Desk.Paid(key);
            }
        }
        _loop.Wake();
        return await waiting.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// Whether the consumer is to get no service for now: its promise was refused, its unexchanged credit is close to the accountant's
    /// exposure limit (protocol §5), or nothing more is trusted to the accountant (protocol §6).
    /// </summary>
    public bool MustPauseService(Address consumer)
    {
        lock (_context.Ledger.Gate)
        {
            var limit = Terms.ExposureLimit.Units;
            return ProviderRules.IsRefused(_context.Ledger.Books, consumer)
                || !AllowsRisk(Amount.Zero)
                || _context.Desk.ExposureOf(_context.Ledger.Books, consumer).Units >= limit - (limit / 4);
        }
    }

    /// <summary>
    /// Gives up what a consumer's refused and unanswered promises are worth, so that they no longer keep Rs secret: an accountant that lies
    /// may collect them. Open invoices of the consumer are forgotten; if it is served again, then under a new agreement.
    /// </summary>
    public void WriteOff(Address consumer)
    {
        lock (_context.Ledger.Gate)
        {
            _context.Ledger.Commit([new ProviderEvent.WrittenOff(consumer)]);
            _context.Desk.Forget(consumer);
            _context.SignalChange();
        }
        _loop.Wake();
    }

    /// <summary>
    /// The end of a session: closes the open window and tells the accountant its R, so that everything accepted can be collected and
    /// settled. The account goes on under the next window.
    /// </summary>
    /// <returns>True where that is so; false where a problem (see <see cref="Status"/>) keeps R secret.</returns>
    public async Task<bool> CloseSessionAsync(CancellationToken cancellation = default)
    {
        if (_running is null) throw NotStarted();
        return await _loop.CloseSessionAsync().WaitAsync(cancellation);
    }

    /// <summary>Stops exchanging, closes the session's connection and the store. What is open goes on with the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _stopping.CancelAsync();
        try
        {
            if (_running is not null) await _running;
        }
        finally
        {
            await _context.Exchange.DisposeAsync();
            lock (_context.Ledger.Gate) _context.Ledger.Dispose();
            _stopping.Dispose();
        }
    }

    private Invoice Issue(AgreementKey agreement, Amount total)
    {
        if (!_context.Ledger.Books.Agreements.ContainsKey(agreement))
            throw new ArgumentException("Not an open agreement.", nameof(agreement));
        _context.Desk.Issue(agreement, total, _context.Ledger.Books.Open, _context.Time.GetTimestamp());
        return new Invoice(Identity, agreement.Id, total, _context.Ledger.Books.Open);
    }

    private static InvalidOperationException NotStarted() => new("The account was not started.");
}

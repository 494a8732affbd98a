using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>What the parts of a provider's account share. Everything that changes is used behind the ledger's gate.</summary>
internal sealed class ProviderContext(
    AccountantProfile profile,
    Address provider,
    ProviderLedger ledger,
    ChainVault vault,
    IExchangeClient exchange,
    IAccountantOnChain onChain,
    AccountantPromiseVerifier verifier,
    ProviderOptions options,
    TimeProvider time)
{
    private TaskCompletionSource _changed = NewSignal();

    public AccountantProfile Profile => profile;

    public Address Provider => provider;

    public ProviderLedger Ledger => ledger;

    public ChainVault Vault => vault;

    public IExchangeClient Exchange => exchange;

    public IAccountantOnChain OnChain => onChain;

    public AccountantPromiseVerifier Verifier => verifier;

    public ProviderOptions Options => options;

    public TimeProvider Time => time;

    public InvoiceDesk Desk { get; } = new();

    /// <summary>Promises that came and were not handed in yet.</summary>
    public List<SignedPromise> Pending { get; } = [];

    /// <summary>Who waits for a promise's answer.</summary>
    public Dictionary<SignedPromise, TaskCompletionSource<PaymentOutcome>> Waiting { get; } = [];

    /// <summary>The accountant's terms; null before the session opened.</summary>
    public AccountantTerms? Terms { get; set; }

    /// <summary>Since when the open window takes no invoices; null while it does.</summary>
    public long? ClosingSince { get; set; }

    public long WindowOpenedAt { get; set; }

    /// <summary>The last R with a held promise is to be told to the accountant.</summary>
    public bool RevealDue { get; set; }

    /// <summary>
    /// Where the accountant's latest promise stands, by its own word when the session opened: with books restored from an old backup it may
    /// wait for an R that it was told long ago. Null once it was told again.
    /// </summary>
    public ChainPosition? LastSignedAt { get; set; }

    /// <summary>The accountant forgot what this provider holds: that is brought back before anything else goes to it.</summary>
    public bool IsBehind { get; set; }

    /// <summary>The accountant said REVEAL_FIRST: it signed under a window whose R it does not know.</summary>
    public bool IsHeldUp { get; set; }

    /// <summary>Why that R may not be told; None where it may.</summary>
    public ProviderProblem HeldUpBy { get; set; }

    public ProviderProblem Problem { get; set; }

    /// <summary>The provider's channel as the chain was last seen; null before that.</summary>
    public ProviderChannelOnChain? Channel { get; set; }

    public ProviderRisk Risk => RiskRules.Of(ledger.Books, Channel);

    public Amount ExposureLimit => Terms?.ExposureLimit ?? Amount.Zero;

    // Eight times E, or everything where that is more than can be said.
    public Amount RefusedLimit => options.RefusedLimit
        ?? (ExposureLimit.Units > UInt128.MaxValue / 8 ? Amount.MaxValue : new Amount(ExposureLimit.Units * 8));

    /// <summary>Ends with the next change: read it behind the gate, then wait for it outside.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Wakes everybody who waits for a change.</summary>
    public void SignalChange()
    {
        var signal = Interlocked.Exchange(ref _changed, NewSignal());
        signal.TrySetResult();
    }

    /// <summary>The highest promise that can be settled at once, with its R, which may be public; null before the first.</summary>
    public SettleablePromise? DiscloseSettleable()
    {
        var books = ledger.Books;
        return books.Settleable is { } held
            ? new SettleablePromise(provider, held.Amount, vault.Disclose(books, held.Position), held.Signature)
            : null;
    }

    /// <summary>Per consumer the highest accepted promise whose R may be public, with that R.</summary>
    public IReadOnlyList<CollectablePromise> DiscloseEvidence()
    {
        var books = ledger.Books;
        return
        [
            .. books.Evidence.Values
                .OrderBy(evidence => evidence.Position.Instance)
                .Select(evidence => new CollectablePromise(evidence.Promise, vault.Disclose(books, evidence.Position))),
        ];
    }

    /// <summary>Begins a new hash chain, durable before its first hashlock is seen by anybody.</summary>
    public void BeginChain(IEnumerable<ProviderEvent>? before = null)
    {
        var instance = ChainVault.NewInstance();
        var begun = new ProviderEvent.ChainBegun(instance, vault.Hashlock(new ChainPosition(instance, 0)));
        ledger.Commit([.. before ?? [], begun]);
        OpenWindow();
    }

    /// <summary>The open window is a new one.</summary>
    public void OpenWindow()
    {
        ClosingSince = null;
        WindowOpenedAt = time.GetTimestamp();
        SignalChange();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

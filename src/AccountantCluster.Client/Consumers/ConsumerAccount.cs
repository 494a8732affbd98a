using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>
/// A consumer's paying channel with one accountant: signs promises for invoices, and nothing that it does not owe. What it signs is durable
/// before it leaves, so that a restart never signs below it. One process at a time holds the store's file. Safe for concurrent use.
/// </summary>
public sealed class ConsumerAccount : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PrivateKey _key;
    private readonly ICurve _curve;
    private readonly ConsumerStore _store;
    private ConsumerBooks _books;

    private ConsumerAccount(AccountantProfile profile, PrivateKey key, ConsumerStore store, ICurve curve)
    {
        (Profile, _key, _store, _curve) = (profile, key, store, curve);
        Channel = profile.ChannelOf(key.Address);
        _books = store.Load();
    }

    /// <summary>The accountant.</summary>
    public AccountantProfile Profile { get; }

    /// <summary>The consumer's identity.</summary>
    public Address Identity => _key.Address;

    /// <summary>Address of the consumer channel: tokens sent there top it up, before and after it exists (paper §4.3).</summary>
    public Address Channel { get; }

    /// <summary>Highest amount promised so far, in token base units.</summary>
    public Amount Promised
    {
        get { lock (_lock) return _books.Promised; }
    }

    /// <summary>What can be promised altogether, in token base units: what <see cref="SetDeposited(Amount)"/> was told.</summary>
    public Amount Deposited
    {
        get { lock (_lock) return _books.Deposited; }
    }

    /// <summary>
    /// The exit that was signed and may still be paid; null for none. Its amount is not promised to anybody meanwhile.
    /// </summary>
    public SignedExit? Exit
    {
        get { lock (_lock) return _books.Exit; }
    }

    /// <summary>Opens the consumer's books, or begins them.</summary>
    /// <param name="profile">The accountant.</param>
    /// <param name="key">The consumer's key; the caller keeps and disposes it.</param>
    /// <param name="storePath">An SQLite file of this identity and accountant alone; created where it is missing.</param>
    /// <param name="durability">What the file survives.</param>
    /// <param name="curve">Signs and verifies; the machine's fastest by default.</param>
    /// <exception cref="StoreException">The file is in use, or somebody else's.</exception>
    public static ConsumerAccount Open(
        AccountantProfile profile,
        PrivateKey key,
        string storePath,
        StoreDurability durability = StoreDurability.PowerLoss,
        ICurve? curve = null)
    {
        var owner = SqliteFile.OwnerName("consumer", key.Address, profile);
        var file = SqliteFile.Open(storePath, ConsumerStore.Schema, owner, durability);
        return new ConsumerAccount(profile, key, new ConsumerStore(file), curve ?? Curve.Default);
    }

    /// <summary>What was promised for an agreement so far, in token base units.</summary>
    public Amount PaidFor(Address provider, AgreementId agreement)
    {
        lock (_lock) return _books.Find(provider, agreement)?.Total ?? Amount.Zero;
    }

    /// <summary>
    /// Tells what the channel holds and has paid, as read on chain: token balance + settled; or, before it is registered, what the
    /// accountant has granted (<see cref="OpenAsync"/>). Nothing is promised above it. Not durable: tell it at every start and after every
    /// top-up.
    /// </summary>
    public void SetDeposited(Amount deposited)
    {
        lock (_lock) _books = _books with { Deposited = deposited };
    }

    /// <summary>
    /// Tells what the chain says of the channel at one block: as <see cref="SetDeposited(Amount)"/>, and whether the outstanding exit was
    /// paid or never can be, so that nothing is held back for it any more.
    /// </summary>
    /// <param name="deposited">Token balance + settled, in token base units.</param>
    /// <param name="nonce">The channel's counter.</param>
    /// <param name="time">The block's, in seconds since 1970.</param>
    public void SetDeposited(Amount deposited, ulong nonce, ulong time)
    {
        lock (_lock) Learn(deposited, nonce, time, _books.IsExiting);
    }

    /// <summary>
    /// Tells all that the chain says of the channel at one block: as <see cref="SetDeposited(Amount,ulong,ulong)"/>, and whether an exit
    /// request is open. While it is, nothing new is promised: the accountant would accept none of it, and whoever holds such a promise
    /// could still have it settled.
    /// </summary>
    /// <param name="channel">What the block says; nothing can be promised before the channel is registered.</param>
    /// <param name="time">The block's, in seconds since 1970.</param>
    public void SetChannel(ConsumerChannelOnChain channel, ulong time)
    {
        if (channel.Channel != Channel) throw new ArgumentException($"{channel.Channel} is not the consumer's channel.", nameof(channel));
        var deposited = channel.IsRegistered ? channel.Deposited : Amount.Zero;
        lock (_lock) Learn(deposited, channel.Nonce, time, channel.IsExitingAt(time));
    }

    /// <summary>
    /// Pays before the registration is mined (paper §4.7): hands it to the accountant, and promises nothing above what that grants on it.
    /// Zero until a confirmed block has the tokens: ask again. Once the channel is registered, tell what the chain says
    /// (<see cref="SetDeposited(Amount)"/>).
    /// </summary>
    /// <param name="api">The accountant.</param>
    /// <param name="reads">The chain, whose word goes above the accountant's: what is not there is not promised.</param>
    /// <param name="registration">The consumer's own, without a loan. Somebody has to send it before its deadline.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">It is somebody else's.</exception>
    /// <exception cref="AccountantUnavailableException">The accountant cannot be reached.</exception>
    public async Task<OpeningAnswer> OpenAsync(
        AccountantApi api, ChannelReads reads, SignedRegistration registration, CancellationToken cancellation = default)
    {
        if (registration.Message.Identity != Identity) throw new ArgumentException("Somebody else's registration.", nameof(registration));
        var answer = await api.OpenChannelAsync(registration, cancellation);
        var channel = await reads.ReadConsumerAsync(Identity, cancellation: cancellation);
        SetDeposited(channel.IsRegistered ? channel.Deposited : Amount.Min(channel.Balance, answer.Spendable));
        return answer;
    }

    /// <summary>
    /// Leaves with the operator's consent (protocol §6): signs an exit, durable here before it goes out, and asks the operator to sign it
    /// too. From then on its amount is not promised to anybody, until the chain says that the exit is over
    /// (<see cref="SetDeposited(Amount,ulong,ulong)"/>), or the channel has refused it. Asking for the same exit again is harmless.
    /// </summary>
    /// <param name="api">The accountant.</param>
    /// <param name="onChain">Says whose signature is an operator's.</param>
    /// <param name="beneficiary">Where the money goes.</param>
    /// <param name="amount">Exactly this much is paid, in token base units.</param>
    /// <param name="nonce">The channel's counter, as it stands on chain.</param>
    /// <param name="deadline">Until when it can be paid, in seconds since 1970; at most a day ahead.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The exit with both signatures, ready for the chain.</returns>
    /// <exception cref="PaymentRefusedException">There is not enough beside what is promised, or another exit may still be paid; nothing
    /// was signed.</exception>
    /// <exception cref="ExitRefusedException">The operator does not consent.</exception>
    /// <exception cref="AccountantUnavailableException">It does not say, or no operator has signed what it says: ask again.</exception>
    public async Task<ConsentedExit> ExitAsync(
        AccountantApi api,
        IAccountantOnChain onChain,
        Address beneficiary,
        Amount amount,
        ulong nonce,
        ulong deadline,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(beneficiary, default);
        ArgumentOutOfRangeException.ThrowIfEqual(amount, Amount.Zero);
        var exit = SignExit(new ConsentExit(ChannelId.OfConsumer(Channel), beneficiary, amount, nonce, deadline));
        var (reason, signature) = await api.ConsentToExitAsync(_key, exit, cancellation);
        if (reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded)
            throw new AccountantUnavailableException("The accountant does not say whether it consents.", reason);
        if (signature is not { } given)
        {
            // What is said before the channel was asked does not mean that it has not consented to the same before.
            if (IsChannelsWord(reason)) Forget(exit);
            throw new ExitRefusedException(reason);
        }
        var isSigned = _curve.TryRecover(Profile.Domain.Digest(exit.Message), given, out var signer);
        if (!isSigned || !await onChain.IsOperatorAsync(signer, cancellation))
            throw new AccountantUnavailableException("No operator has signed the consent.", RejectionReason.InvalidSignature);
        return new ConsentedExit(exit.Message, exit.Signature, given);
    }

    /// <summary>
    /// Pays an invoice. The same invoice again gives the same promise; the same total under another hashlock, which a provider asks for
    /// when its window closed too early, promises nothing more.
    /// </summary>
    /// <param name="invoice">What the provider asks for.</param>
    /// <param name="provider">The provider whose service is used.</param>
    /// <param name="agreed">The most that the agreement's total may rise by, in token base units: what was used and not paid.</param>
    /// <returns>The promise, durable here, to be handed to the provider.</returns>
    /// <exception cref="PaymentRefusedException">It is not owed, or there is not enough; nothing was signed.</exception>
    public SignedPromise Pay(Invoice invoice, Address provider, Amount agreed)
    {
        lock (_lock) return Carry(ConsumerRules.DecidePay(_books, invoice, provider, agreed));
    }

    /// <summary>
    /// Signs the amount that an accountant expects instead of the one it rejected as PROMISE_TOO_LOW, if promises of the consumer's other
    /// devices explain it (protocol §4 rule 3).
    /// </summary>
    /// <exception cref="PaymentRefusedException">The rejection is a lie, or not of that kind; nothing was signed.</exception>
    public SignedPromise Resynchronise(Rejection rejection)
    {
        var isProofSigned = rejection.Proof is { } proof && proof.Consumer == Identity && proof.IsSignedByConsumer(Profile, _curve);
        lock (_lock) return Carry(ConsumerRules.DecideResynchronise(_books, rejection, isProofSigned));
    }

    /// <summary>
    /// Goes on from the highest promise that an accountant holds: for a second device of the same consumer, and after losing the store.
    /// False where the consumer did not sign it, and then nothing changes.
    /// </summary>
    public bool GoOnFrom(SignedPromise latest)
    {
        if (latest.Consumer != Identity || !latest.IsSignedByConsumer(Profile, _curve)) return false;
        lock (_lock)
        {
            var after = _books.Adopt(latest);
            _store.Save(after, latest, isOwn: false);
            _books = after;
        }
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static bool IsChannelsWord(RejectionReason reason) => reason is RejectionReason.UnknownChannel or RejectionReason.Overspend
        or RejectionReason.ChannelFrozen or RejectionReason.ChannelExiting;

    internal SignedExit SignExit(ConsentExit message)
    {
        lock (_lock)
        {
            var decision = ConsumerRules.DecideExit(_books, message);
            if (decision.Refusal != PaymentRefusal.None) throw new PaymentRefusedException(decision.Refusal);
            if (decision.Repeated is { } repeated) return repeated;
            var exit = new SignedExit(message, _curve.Sign(Profile.Domain.Digest(message), _key));
            Keep(exit);
            return exit;
        }
    }

    internal void Forget(SignedExit exit)
    {
        lock (_lock)
        {
            if (_books.Exit == exit) Keep(exit: null);
        }
    }

    private void Learn(Amount deposited, ulong nonce, ulong time, bool isExiting)
    {
        if (ConsumerRules.IsExitOver(_books, nonce, time)) Keep(exit: null);
        _books = _books with { Deposited = deposited, IsExiting = isExiting };
    }

    private void Keep(SignedExit? exit)
    {
        _store.SaveExit(exit);
        _books = _books with { Exit = exit };
    }

    private SignedPromise Carry(PayDecision decision)
    {
        if (decision.Refusal != PaymentRefusal.None) throw new PaymentRefusedException(decision.Refusal);
        if (decision.Repeated is { } repeated) return repeated;

        var message = new ConsumerPromise(ChannelId.OfConsumer(Channel), decision.Amount, decision.Hashlock, decision.Agreement);
        var signature = _curve.Sign(Profile.Domain.Digest(message), _key);
        var promise = new SignedPromise(Identity, decision.Amount, decision.Hashlock, decision.Agreement, signature);
        var after = _books.Sign(promise, decision.Before, decision.Resynchronisations);
        _store.Save(after, promise, isOwn: true);
        _books = after;
        return promise;
    }
}

using System.Security.Cryptography;
using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Maker;

/// <summary>
/// Has transactions sent by somebody else, who is paid in tokens inside the same call (paper §4.6): asks for a quote, signs not more than
/// what is allowed, brings the job and follows it to its end. Needs no ether. Safe for concurrent use.
/// </summary>
/// <param name="api">The transaction maker.</param>
/// <param name="client">The chain: the provider's own books are read there, not at the transaction maker.</param>
/// <param name="profile">The accountant.</param>
/// <param name="options">Pauses between questions.</param>
/// <param name="time">The clock.</param>
public sealed class TransactionMakerClient(
    TransactionMakerApi api,
    IEthereumClient client,
    AccountantProfile profile,
    ExchangeClientOptions? options = null,
    TimeProvider? time = null)
{
    // Long enough for gas that is dear for a while, and for many blocks.
    private static readonly TimeSpan Validity = TimeSpan.FromHours(2);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly JobWatcher _watcher = new(api, options ?? new ExchangeClientOptions(), time ?? TimeProvider.System);

    /// <summary>Registers an identity, out of the tokens at its channel's address.</summary>
    /// <param name="key">The identity's.</param>
    /// <param name="limit">The most that may be asked, in token base units.</param>
    /// <param name="loan">Lent to the accountant: providers lend, consumers do not.</param>
    /// <param name="beneficiary">Where settlements go; null for the identity itself.</param>
    /// <param name="progress">Told of every state.</param>
    /// <param name="cancellation">Ends the wait; a job that was taken stays taken.</param>
    /// <returns>The job, confirmed.</returns>
    /// <exception cref="JobRefusedException">It is not taken, asks more than allowed, or has failed.</exception>
    /// <exception cref="TransactionMakerUnavailableException">It cannot be reached, or is of another network.</exception>
    public async Task<JobReport> RegisterAsync(
        PrivateKey key,
        Amount limit,
        Amount loan = default,
        Address? beneficiary = null,
        IProgress<JobReport>? progress = null,
        CancellationToken cancellation = default)
    {
        var quote = await QuoteAsync(new JobShape(JobKind.Register, !loan.IsZero || beneficiary is not null), limit, cancellation);
        var deadline = await Deadline.AfterNowAsync(client, _time, Validity, cancellation);
        var registration = SignedRegistration.Sign(
            profile, key, deadline, loan, beneficiary, quote.Quote.Fee, quote.TransactionMaker);
        var id = NewId();
        return await _watcher.RunAsync(
            key.Address, id, stop => api.RegisterAsync(id, registration, quote, stop), progress, cancellation);
    }

    /// <summary>Cashes the accountant's promise.</summary>
    /// <param name="key">The provider's.</param>
    /// <param name="promise">From <see cref="ProviderAccount.Settleable"/>.</param>
    /// <param name="limit">The most that may be asked, in token base units.</param>
    /// <param name="progress">Told of every state.</param>
    /// <param name="cancellation">Ends the wait; a job that was taken stays taken.</param>
    /// <inheritdoc cref="RegisterAsync"/>
    public async Task<JobReport> SettleAsync(
        PrivateKey key,
        SettleablePromise promise,
        Amount limit,
        IProgress<JobReport>? progress = null,
        CancellationToken cancellation = default)
    {
        var quote = await QuoteAsync(new JobShape(JobKind.Settle), limit, cancellation);
        var fee = await SignFeeAsync(key, quote, cancellation);
        var id = NewId();
        return await _watcher.RunAsync(
            key.Address, id, stop => api.SettleAsync(id, profile.Accountant, promise, fee, quote, stop), progress, cancellation);
    }

    /// <summary>Cashes all that a provider's evidence gives, in one transaction (protocol §6).</summary>
    /// <param name="key">The provider's.</param>
    /// <param name="promises">Consumers' promises with R.</param>
    /// <param name="promise">The accountant's promise.</param>
    /// <param name="loanReturn">Signed by the provider; null: the loan stays.</param>
    /// <param name="limit">The most that may be asked, in token base units.</param>
    /// <param name="progress">Told of every state.</param>
    /// <param name="cancellation">Ends the wait; a job that was taken stays taken.</param>
    /// <inheritdoc cref="RegisterAsync"/>
    public async Task<JobReport> RecoverAsync(
        PrivateKey key,
        IReadOnlyCollection<PromiseToCollect> promises,
        SettleablePromise promise,
        SignedLoanReturn? loanReturn,
        Amount limit,
        IProgress<JobReport>? progress = null,
        CancellationToken cancellation = default)
    {
        var quote = await QuoteAsync(new JobShape(JobKind.Recover, Rows: promises.Count), limit, cancellation);
        var fee = await SignFeeAsync(key, quote, cancellation);
        var id = NewId();
        return await _watcher.RunAsync(
            key.Address,
            id,
            stop => api.RecoverAsync(id, profile.Accountant, promises, promise, fee, loanReturn, quote, stop),
            progress,
            cancellation);
    }

    private async Task<MakerQuote> QuoteAsync(JobShape shape, Amount limit, CancellationToken cancellation)
    {
        var quote = await _watcher.RepeatAsync(stop => api.GetQuoteAsync(shape, stop), cancellation);
        if (quote.ChainId != profile.ChainId || quote.Registry != profile.Registry)
            throw new TransactionMakerUnavailableException(
                $"The transaction maker serves registry {quote.Registry} on chain {quote.ChainId}, not {profile.Registry} on "
                + $"chain {profile.ChainId}.");
        return quote.Quote.Fee <= limit
            ? quote
            : throw new JobRefusedException(JobReason.FeeTooLow, $"it asks {quote.Quote.Fee}, and {limit} is allowed");
    }

    // Cumulative, like a promise: what the channel has paid so far is the chain's to say. Nothing is paid where nothing is settled.
    private async Task<SignedSettlementFee> SignFeeAsync(PrivateKey key, MakerQuote quote, CancellationToken cancellation)
    {
        var newest = await client.GetNewestBlockAsync(cancellation);
        var channel = await new ChannelReads(client, profile).ReadProviderAsync(key.Address, newest, cancellation);
        var message = new SettlementFee(
            profile.ProviderChannelOf(key.Address),
            channel.FeesPaid + quote.Quote.Fee,
            quote.TransactionMaker,
            MinSettled: channel.Settled + quote.Quote.Fee,
            Deadline.After(newest, _time, Validity));
        return new SignedSettlementFee(message, Curve.Default.Sign(profile.Domain.Digest(message), key));
    }

    private static Bytes32 NewId() => new(RandomNumberGenerator.GetBytes(Bytes32.Length));
}

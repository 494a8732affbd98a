using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// The way out without the accountant (paper §4.5, protocol §6): with a provider's evidence, its key and a chain everything is collected
/// and settled that the evidence is good for. Anyone may have done parts of it before, or do them meanwhile. It may be repeated at any
/// time, also by somebody without the provider's key, for what is public.
/// </summary>
/// <param name="client">The chain.</param>
/// <param name="evidence">From <see cref="EvidenceFile"/>, or from a provider's account.</param>
/// <param name="route">Who sends.</param>
/// <param name="curve">Signs and verifies; the machine's fastest by default.</param>
public sealed class ProviderRecovery(
    IEthereumClient client, ProviderEvidence evidence, ISettlementRoute route, ICurve? curve = null)
{
    // Enough for 150,000 consumers; whoever answers strangely must not be paid gas for ever.
    private const int MaxTransactions = 1_000;

    private const ulong LoanReturnSeconds = 24 * 60 * 60;

    private readonly ICurve _curve = curve ?? Curve.Default;
    private readonly AccountantContract _accountant = new(client, evidence.Profile.Accountant);
    private readonly RecoveryReader _reader = new(client, evidence.Profile, curve ?? Curve.Default);

    /// <summary>Whether chain and contracts are those of the evidence.</summary>
    /// <exception cref="EvidenceException">They are not.</exception>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        var profile = evidence.Profile;
        var chainId = await client.GetChainIdAsync(cancellation);
        if (chainId != profile.ChainId)
            throw new EvidenceException($"The evidence is of chain {profile.ChainId}, the Ethereum node serves chain {chainId}.");
        if ((await client.GetCodeAsync(profile.Accountant, BlockReference.Latest, cancellation)).IsEmpty)
            throw new EvidenceException($"There is no contract at {profile.Accountant}, where the evidence says that the accountant is.");
        if (await ReadProfileAsync(profile.Accountant, cancellation) != profile)
            throw new EvidenceException($"The contract {profile.Accountant} has another registry, token or channel code than the file.");
    }

    /// <summary>What a recovery would find, without sending or signing anything: what is open, as in a report.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<RecoveryReport> PreviewAsync(
        PrivateKey? key, RecoveryOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new RecoveryOptions();
        await CheckAsync(cancellation);
        var opened = Open(key, options);
        var sight = await LookAsync(opened, [], cancellation);
        return new RecoveryTally(evidence, hasRun: false).Report(opened, sight, options);
    }

    /// <summary>Collects, settles and returns what is open, in as many transactions as it takes, and waits for each.</summary>
    /// <param name="key">
    /// The provider's own, which opens windows and signs for the loan; null where somebody else does what can be done without it.
    /// </param>
    /// <param name="options">The provider's choices.</param>
    /// <param name="cancellation">Ends it after what was sent.</param>
    /// <exception cref="EvidenceException">The evidence is of another accountant or chain.</exception>
    /// <exception cref="EthereumException">The chain does not answer, or refuses. What was done before stays done.</exception>
    /// <exception cref="ArgumentException">The key is somebody else's, or is missing for a loan.</exception>
    public async Task<RecoveryReport> RunAsync(
        PrivateKey? key, RecoveryOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new RecoveryOptions();
        await CheckAsync(cancellation);
        var opened = Open(key, options);
        var (tally, limit) = (new RecoveryTally(evidence), options.RowsPerTransaction);
        // What is refused once is not sent again: gas would be paid for nothing.
        var tried = new HashSet<Address>();
        while (tally.Transactions < MaxTransactions)
        {
            var sight = await LookAsync(opened, tried, cancellation);
            if (RecoveryPlan.Next(sight, options, limit) is not { } step || !await MovesAsync(step, sight, key, cancellation)) break;
            try
            {
                tally.Add(await route.SendAsync(Order(step, sight, key), cancellation));
                tried.UnionWith(step.Rows.Select(row => row.Promise.Promise.Consumer));
            }
            catch (TransactionRefusedException) when (step.Rows.Count > 1)
            {
                limit = step.Rows.Count / 2;
            }
            catch (EthereumException problem) when (problem is ContractRevertedException or TransactionFailedException)
            {
                // Somebody was faster; or else it fails again, and for good.
                var now = await LookAsync(opened, tried, cancellation);
                if (now.Channel == sight.Channel && now.Withdrawable == sight.Withdrawable) throw;
            }
        }
        return tally.Report(opened, await LookAsync(opened, [], cancellation), options);
    }

    /// <summary>Settles the best promise, and nothing else; null where there is none.</summary>
    internal static SettlementOrder? Settlement(RecoverySight sight) =>
        sight.Total?.Promise.ToSettle() is { } promise ? SettlementOrder.Settle(promise) : null;

    /// <summary>One transaction for what cannot wait, with rows of those who are leaving; null for none. Publishes no secret R.</summary>
    internal static SettlementOrder? Urgent(RecoverySight sight, RecoveryOptions options, Address provider) =>
        RecoveryPlan.Next(sight, options with { ReturnLoan = false }, options.RowsPerTransaction) is { } step
            ? new SettlementOrder(provider, step.Total?.Promise.ToSettle(), [.. step.Rows.Select(row => row.Promise.ToCollect())], null)
            : null;

    private async Task<AccountantProfile> ReadProfileAsync(Address accountant, CancellationToken cancellation)
    {
        try
        {
            return await AccountantOnChain.ReadProfileAsync(client, accountant, cancellation);
        }
        catch (Exception problem) when (problem is ContractRevertedException or AbiException)
        {
            throw new EvidenceException($"The contract at {accountant} is not an accountant's.", problem);
        }
    }

    private OpenedEvidence Open(PrivateKey? key, RecoveryOptions options)
    {
        if (key is not null && key.Address != evidence.Provider)
            throw new ArgumentException($"The evidence is {evidence.Provider}'s, the key is {key.Address}'s.", nameof(key));
        if (key is null && options.ReturnLoan) throw new ArgumentException("A loan is returned by the provider's key alone.", nameof(key));
        return OpenedEvidence.Of(evidence, key, options.OpenUnanswered);
    }

    private async Task<RecoverySight> LookAsync(OpenedEvidence opened, HashSet<Address> without, CancellationToken cancellation)
    {
        var rows = opened.Rows.Where(row => !without.Contains(row.Promise.Consumer)).ToArray();
        var block = await _reader.NewestAsync(cancellation);
        return await _reader.ReadAsync(evidence.Provider, opened.Totals, rows, block, cancellation);
    }

    // A loan without anything behind it is not worth a transaction; whatever collects or settles moves something by its plan.
    private async Task<bool> MovesAsync(RecoveryStep step, RecoverySight sight, PrivateKey? key, CancellationToken cancellation)
    {
        if (step.Rows.Count > 0 || step.Total is not null) return true;
        var call = Order(step, sight, key).ToCall(_accountant);
        var answer = new AbiDecoder(await client.CallAsync(call, BlockReference.Latest, cancellation));
        return !answer.ReadAmount().IsZero || !answer.ReadAmount().IsZero;
    }

    private SettlementOrder Order(RecoveryStep step, RecoverySight sight, PrivateKey? key) => new(
        evidence.Provider,
        step.Total?.Promise.ToSettle(),
        [.. step.Rows.Select(row => row.Promise.ToCollect())],
        step.ReturnsLoan ? SignReturn(sight, key!) : null);

    // Cumulative, like a promise: all that was ever lent.
    private SignedLoanReturn SignReturn(RecoverySight sight, PrivateKey key)
    {
        var message = new ReturnLoan(
            evidence.Profile.ProviderChannelOf(evidence.Provider),
            sight.Channel.Returned.SaturatingAdd(sight.Channel.Loan),
            sight.Block.Timestamp + LoanReturnSeconds);
        return new SignedLoanReturn(message, _curve.Sign(evidence.Profile.Domain.Digest(message), key));
    }
}

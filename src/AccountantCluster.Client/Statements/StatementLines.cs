using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// Reads the lines of statements, in the order of the chain: all that there are, or one more than the limit, which then says that there are
/// more.
/// </summary>
internal sealed class StatementLines(IEthereumClient client, AccountantProfile profile, int limit)
{
    private readonly LogReader _logs = new(client);

    /// <summary>What a provider was paid.</summary>
    public Task<List<ProviderPayment>> ReadPaymentsAsync(Address provider, ulong from, ulong to, CancellationToken cancellation) =>
        FirstAsync<ProviderPromiseSettled, ProviderPayment>(
            profile.Accountant, [[provider.ToBytes32()]], ProviderPayment.Of, from, to, cancellation);

    /// <summary>What the accountant's contract sent to the payments' beneficiaries in the payments' transactions.</summary>
    public async Task<List<TokensReceived>> ReadReceivedAsync(IReadOnlyList<ProviderPayment> payments, CancellationToken cancellation)
    {
        var received = new List<TokensReceived>();
        if (payments.Count == 0) return received;
        var transactions = payments.Select(payment => payment.At.Transaction).ToHashSet();
        var beneficiaries = payments.Select(payment => payment.Beneficiary.ToBytes32()).Distinct();
        foreach (var some in beneficiaries.Chunk(StatementLimits.AddressesPerQuestion))
        {
            var transfers = _logs.ReadAsync<TokenTransfer>(
                profile.Token, [[profile.Accountant.ToBytes32()], some], payments[0].At.Block, payments[^1].At.Block, cancellation);
            await foreach (var transfer in transfers)
            {
                if (transactions.Contains(transfer.Log.TransactionHash)) received.Add(TokensReceived.Of(transfer));
            }
        }
        return received;
    }

    /// <summary>What moved a consumer channel's tokens.</summary>
    public async Task<List<ConsumerLine>> ReadConsumerAsync(Address consumer, ulong from, ulong to, CancellationToken cancellation)
    {
        var (channel, accountant) = (profile.ChannelOf(consumer), profile.Accountant.ToBytes32());
        var kinds = await Task.WhenAll(
            FirstAsync<TokenTransfer, ConsumerLine>(
                profile.Token, [[], [channel.ToBytes32()]], ConsumerLine.Deposited.Of, from, to, cancellation),
            FirstAsync<IdentityRegistered, ConsumerLine>(
                profile.Registry, [[consumer.ToBytes32()], [accountant]], ConsumerLine.Registered.Of, from, to, cancellation),
            FirstAsync<ConsumerPromiseSettled, ConsumerLine>(
                channel, [[accountant]], ConsumerLine.Collected.Of, from, to, cancellation),
            FirstAsync<ExitFinalized, ConsumerLine>(channel, [[accountant]], ConsumerLine.ExitPaid.Of, from, to, cancellation),
            FirstAsync<ConsentedExitPaid, ConsumerLine>(channel, [[accountant]], ConsumerLine.ExitPaid.Of, from, to, cancellation));
        return [.. kinds.SelectMany(lines => lines).OrderBy(line => line.At).Take(limit + 1)];
    }

    private async Task<List<TLine>> FirstAsync<TEvent, TLine>(
        Address contract,
        IReadOnlyList<IReadOnlyList<Bytes32>> indexed,
        Func<TEvent, TLine> line,
        ulong from,
        ulong to,
        CancellationToken cancellation)
        where TEvent : class, IContractEvent<TEvent>
    {
        var lines = new List<TLine>();
        await foreach (var value in _logs.ReadAsync<TEvent>(contract, indexed, from, to, cancellation))
        {
            lines.Add(line(value));
            if (lines.Count > limit) break;
        }
        return lines;
    }
}

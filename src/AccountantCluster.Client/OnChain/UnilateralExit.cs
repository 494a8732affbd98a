using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Takes a consumer's tokens back without the accountant (protocol §6): a signed request, 4 days of notice in which what was promised is
/// still settled, then 7 days in which whatever is left can be paid out. After that the request has lapsed. The channel works on.
/// </summary>
public sealed class UnilateralExit(IEthereumClient client, AccountantProfile profile)
{
    private readonly ChannelReads _reads = new(client, profile);

    /// <summary>What the newest block says of a consumer's exit.</summary>
    /// <exception cref="EthereumException">The node does not answer.</exception>
    public async Task<ExitStanding> ReadAsync(Address consumer, CancellationToken cancellation = default)
    {
        var block = await client.GetNewestBlockAsync(cancellation);
        return new ExitStanding(await _reads.ReadConsumerAsync(consumer, block, cancellation), block);
    }

    /// <summary>
    /// Sends a request and waits until it is confirmed. It takes the place of an earlier one, and the notice begins again. From its first
    /// sight on the accountant accepts nothing new of the consumer.
    /// </summary>
    /// <param name="request">What the consumer signed.</param>
    /// <param name="sender">Pays for the gas.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the channel wrote: from when to when it can be finalised.</returns>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<ExitRequested> RequestAsync(
        SignedExitRequest request, TransactionSender sender, CancellationToken cancellation = default)
    {
        var channel = Contract(request.Consumer);
        var receipt = await sender.SendAsync(channel.RequestExit(request.Message, request.Signature), cancellation);
        return receipt.Events<ExitRequested>(channel.Address).Single();
    }

    /// <summary>Pays everything that is left to the request's beneficiary and waits until it is confirmed. Anyone may send it.</summary>
    /// <param name="consumer">Identity of the consumer.</param>
    /// <param name="sender">Pays for the gas.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the channel wrote.</returns>
    /// <exception cref="ExitNotDueException">Nothing is requested or left, or it is too early or too late. Nothing was sent.</exception>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<ExitFinalized> FinalizeAsync(Address consumer, TransactionSender sender, CancellationToken cancellation = default)
    {
        var standing = await ReadAsync(consumer, cancellation);
        if (standing.Stage != ExitStage.Due || standing.Channel.Balance.IsZero) throw new ExitNotDueException(standing);
        var channel = Contract(consumer);
        var receipt = await sender.SendAsync(channel.FinalizeExit(), cancellation);
        return receipt.Events<ExitFinalized>(channel.Address).Single();
    }

    private ConsumerChannelContract Contract(Address consumer) => new(client, profile.ChannelOf(consumer));
}

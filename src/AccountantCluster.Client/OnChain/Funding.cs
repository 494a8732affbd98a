using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>Brings tokens into channels, paid by one key.</summary>
public sealed class Funding(IEthereumClient client, AccountantProfile profile, TransactionSender sender)
{
    private readonly TokenContract _token = new(client, profile.Token);
    private readonly AccountantContract _accountant = new(client, profile.Accountant);

    /// <summary>
    /// Tops a consumer channel up by a plain token transfer, before or after it exists, and waits until it is confirmed. Any wallet or
    /// exchange can do the same.
    /// </summary>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public Task<TransactionReceipt> TopUpAsync(Address consumer, Amount amount, CancellationToken cancellation = default) =>
        sender.SendAsync(_token.Transfer(profile.ChannelOf(consumer), amount), cancellation);

    /// <summary>Lends more to the accountant for a provider, whose guaranteed balance grows by it (paper §4.5).</summary>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<TransactionReceipt> IncreaseLoanAsync(Address provider, Amount amount, CancellationToken cancellation = default)
    {
        await sender.SendAsync(_token.Approve(profile.Accountant, amount), cancellation);
        return await sender.SendAsync(_accountant.IncreaseLoan(provider, amount), cancellation);
    }
}

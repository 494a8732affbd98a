using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>Sends consented exits (protocol §6): exactly the amount is paid to the beneficiary, or nothing happens.</summary>
public sealed class ExitPayment(IEthereumClient client, AccountantProfile profile)
{
    /// <summary>Sends an exit with both signatures and waits until it is confirmed. Anyone may send it.</summary>
    /// <param name="consumer">Identity of the consumer that leaves.</param>
    /// <param name="exit">What both sides signed.</param>
    /// <param name="sender">Pays for the gas.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the channel wrote.</returns>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<ConsentedExitPaid> SendAsync(
        Address consumer, ConsentedExit exit, TransactionSender sender, CancellationToken cancellation = default)
    {
        var channel = new ConsumerChannelContract(client, profile.ChannelOf(consumer));
        var receipt = await sender.SendAsync(channel.ConsentExit(exit.Message, exit.Signature, exit.OperatorSignature), cancellation);
        return receipt.Events<ConsentedExitPaid>(channel.Address).Single();
    }
}

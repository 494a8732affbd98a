using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Sends the registrations that the accountant holds, where its operator says so (paper §4.7): once one is mined, what was promised on it
/// can be collected. Whoever else sends it first does no harm. Not safe for concurrent use.
/// </summary>
internal sealed class Registrar(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    SettlementOptions options,
    TimeProvider time,
    ILogger<Registrar> logger)
{
    private readonly RegistryContract _registry = new(client, addresses.Registry);
    private DateTimeOffset _againAt;

    /// <summary>Whether there may be something to register.</summary>
    public bool IsDue(OpeningLedger openings) =>
        options.RegistersOpenings && time.GetUtcNow() >= _againAt && openings.Openings.Values.Any(one => !one.HasFailed);

    /// <summary>Registers those that have promised something, a few at a time; every transaction is confirmed when it returns.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task RegisterAsync(OpeningLedger openings, LaneGateway lane, CancellationToken cancellation)
    {
        _againAt = time.GetUtcNow() + ClusterLimits.RegisterInterval;
        var answers = await ManyChannels.AskAsync(
            [.. openings.Openings.Where(one => !one.Value.HasFailed).Select(one => one.Key)],
            options.Parallelism,
            channel => channels.GetCollectableAsync(channel, options.ChannelDeadline, cancellation));
        var promised = answers.Where(answer => !answer.Promised.IsZero).OrderByDescending(answer => answer.Promised);
        await Task.WhenAll(promised.Take(ClusterLimits.RegistrationsAtOnce).Select(
            answer => RegisterAsync(answer.Channel, openings.Openings[answer.Channel], lane, cancellation)));
    }

    // One that fails is not in the way of others: somebody else may have sent it, or the consumer another one.
    private async Task RegisterAsync(Address channel, GrantedOpening granted, LaneGateway lane, CancellationToken cancellation)
    {
        var (registration, signature) = (granted.Opening.Registration, granted.Opening.Signature);
        try
        {
            if (await _registry.IsRegisteredAsync(registration.Identity, addresses.Accountant, BlockReference.Latest, cancellation)) return;
            var outcome = await lane.SendAsync(TransactionRequest.Of(_registry.RegisterIdentity(registration, signature)), cancellation);
            logger.LogInformation("Registration of {Channel}: transaction {Hash} is {Outcome}.", channel, outcome.Hash, outcome.Kind);
        }
        catch (EthereumException problem)
        {
            logger.LogWarning(problem, "The registration of {Channel} was not sent; it is tried again.", channel);
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Openings;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Grants fast openings where a confirmed block has the tokens, and says what became of those that are over (paper §4.7). What it names
/// counts once whoever follows the chain has stored it; a channel hears of it after that. Reports may come at any time; otherwise not safe
/// for concurrent use.
/// </summary>
internal sealed class OpeningDesk(
    IEthereumClient client,
    IChannelFacts channels,
    AccountantAddresses addresses,
    OpeningPolicy policy,
    SettlementOptions options,
    SettlementMetrics metrics,
    ILogger<OpeningDesk> logger)
{
    private readonly ChainReader _reader = new(client, addresses.Token, addresses.Accountant);

    // Held by their channels, and nothing granted yet: in memory alone, because whoever wants to pay asks again.
    private readonly ConcurrentDictionary<Address, Opening> _waiting = new();

    /// <summary>Channels hold these.</summary>
    public void Remember(IEnumerable<HeldOpening> held)
    {
        foreach (var (channel, opening) in held)
            if (_waiting.ContainsKey(channel) || _waiting.Count < ClusterLimits.OpeningsWaiting)
                _waiting[channel] = opening;
    }

    /// <summary>What may be granted at a confirmed block, within the limits of all.</summary>
    /// <exception cref="EthereumException">The chain does not answer; they go on waiting.</exception>
    public async Task<ImmutableArray<ObserverEvent>> GrantAsync(OpeningLedger ledger, Block block, CancellationToken cancellation)
    {
        var waiting = _waiting.ToArray();
        if (waiting.Length == 0) return [];
        var read = await _reader.ReadConsumerChannelsAsync([.. waiting.Select(one => one.Key)], block, cancellation);
        var granted = ImmutableArray.CreateBuilder<ObserverEvent>();
        // Who has more comes first: dust must not take the turns of others.
        foreach (var ((channel, opening), onChain) in waiting.Zip(read).OrderByDescending(one => one.Item2.Balance))
        {
            var amount = Amount.Min(policy.Limit, onChain.Balance.SaturatingSubtract(opening.Cost));
            if (IsPointless(ledger, channel, opening, onChain, block.Timestamp))
            {
                // Unless one that holds longer came meanwhile.
                _waiting.TryRemove(KeyValuePair.Create(channel, opening));
            }
            else if (ledger.Allows(channel, opening, amount, policy, block.Timestamp))
            {
                ledger = ledger.Grant(channel, opening, amount, block.Timestamp);
                granted.Add(new ObserverEvent.OpeningGranted(channel, opening, amount, block.Timestamp));
            }
        }
        return granted.ToImmutable();
    }

    /// <summary>What is risked on those that are not over, and what is lost on those that are.</summary>
    /// <param name="ledger">What was granted.</param>
    /// <param name="block">A confirmed block that the channels were told of.</param>
    /// <param name="told">What a channel has durably taken in; null where that is not known.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<ImmutableArray<ObserverEvent>> JudgeAsync(
        OpeningLedger ledger, Block block, Func<Address, ConsumerChannelFacts?> told, CancellationToken cancellation)
    {
        var standing = ledger.Openings.Where(one => !one.Value.HasFailed).Select(one => one.Key).ToArray();
        var answers = await ManyChannels.AskAsync(
            standing, options.Parallelism, channel => channels.GetCollectableAsync(channel, options.ChannelDeadline, cancellation));
        var promised = answers.ToDictionary(answer => answer.Channel, answer => answer.Promised);
        foreach (var (channel, known) in ledger.Openings.Where(one => one.Value.HasFailed)) promised[channel] = known.Promised;

        var ended = ImmutableArray.CreateBuilder<ObserverEvent>();
        var after = ledger;
        foreach (var (channel, amount) in promised)
        {
            if (told(channel) is not { } facts || ledger.Judge(channel, facts, amount) is not { } lost) continue;
            ended.Add(new ObserverEvent.OpeningEnded(channel, amount, lost, block.Timestamp));
            after = after.End(channel, amount, lost, block.Timestamp);
            Say(channel, ledger.Openings[channel], lost);
        }
        Measure(after, promised, block);
        return ended.ToImmutable();
    }

    private static bool IsPointless(
        OpeningLedger ledger, Address channel, Opening opening, ConsumerChannelOnChain onChain, ulong time) =>
        onChain.IsRegistered
        || !opening.HoldsAt(time)
        || (ledger.Openings.TryGetValue(channel, out var known) && known.Opening.Deadline >= opening.Deadline);

    private void Measure(OpeningLedger ledger, Dictionary<Address, Amount> promised, Block block)
    {
        var (standing, exposure, lost) = (0, Amount.Zero, Amount.Zero);
        foreach (var (channel, known) in ledger.Openings)
        {
            lost += known.Lost;
            if (known.HasFailed) continue;
            standing++;
            exposure += promised.GetValueOrDefault(channel);
        }
        metrics.OpeningsJudged(standing, exposure, lost, ledger.TakenUp(block.Timestamp));
    }

    private void Say(Address channel, GrantedOpening known, Amount lost)
    {
        if (known.HasFailed || lost.IsZero) return;
        metrics.OpeningFailed();
        logger.LogWarning(
            "Channel {Channel}: its consumer promised before its registration was mined, and {Lost} units of that are not there.",
            channel,
            lost);
    }
}

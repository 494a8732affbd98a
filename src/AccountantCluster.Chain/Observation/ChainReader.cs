using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Reads many channels at one block, in batches. The block is named by its hash, so that all values are of one moment, or the read fails.
/// </summary>
public sealed class ChainReader(IEthereumClient client, Address token, Address accountant)
{
    private const int CallsPerConsumerChannel = 4;

    /// <summary>
    /// Consumer channels in the order given. Their addresses are to be derived (CREATE2), never taken from outside: a derived address with
    /// code is a genuine channel, because only the registry can put code there.
    /// </summary>
    public async Task<IReadOnlyList<ConsumerChannelOnChain>> ReadConsumerChannelsAsync(
        IReadOnlyList<Address> channels, Block block, CancellationToken cancellation = default)
    {
        var calls = new List<ContractCall>(CallsPerConsumerChannel * channels.Count);
        foreach (var channel in channels)
        {
            calls.Add(TokenAbi.BalanceOf.Call(token, new AbiEncoder().Add(channel)));
            calls.Add(ConsumerChannelAbi.Settled.Call(channel));
            calls.Add(ConsumerChannelAbi.Nonce.Call(channel));
            calls.Add(ConsumerChannelAbi.ExitRequest.Call(channel));
        }
        var outcomes = await client.CallManyAsync(calls, BlockReference.At(block), cancellation);
        return [.. channels.Zip(outcomes.Chunk(CallsPerConsumerChannel), Read)];
    }

    /// <summary>Provider channels in the order given.</summary>
    public async Task<IReadOnlyList<ProviderChannelOnChain>> ReadProviderChannelsAsync(
        IReadOnlyList<Address> providers, Block block, CancellationToken cancellation = default)
    {
        var calls = providers.Select(provider => AccountantAbi.Channel.Call(accountant, new AbiEncoder().Add(provider))).ToArray();
        var outcomes = await client.CallManyAsync(calls, BlockReference.At(block), cancellation);
        return [.. outcomes.Select(outcome => ProviderChannelOnChain.Read(new AbiDecoder(outcome.DataOrThrow())))];
    }

    // Balance, settled, nonce and exit request.
    private static ConsumerChannelOnChain Read(Address channel, CallOutcome[] outcomes)
    {
        // One account that somebody stuffed with a careless token's units must not stop the reading of all others.
        var word = new AbiDecoder(outcomes[0].DataOrThrow()).ReadBytes32();
        var tokens = word.TryToUInt128(out var units) ? new Amount(units) : Amount.MaxValue;
        var answer = outcomes[1].DataOrThrow();
        // A call of an address without code succeeds and returns nothing.
        return answer.IsEmpty
            ? new ConsumerChannelOnChain(channel, false, tokens, Amount.Zero)
            : new ConsumerChannelOnChain(channel, true, tokens, new AbiDecoder(answer).ReadAmount())
            {
                Nonce = new AbiDecoder(outcomes[2].DataOrThrow()).ReadUInt64(),
                ExitRequest = ExitRequestOnChain.Read(new AbiDecoder(outcomes[3].DataOrThrow())),
            };
    }
}

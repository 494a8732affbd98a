using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <content>How the endpoints are asked.</content>
public sealed partial class EndpointPool
{
    // Asks as many as must say the same, and others while they do not. Null only where T can be, and enough say that there is nothing.
    private async Task<T> AgreeAsync<T>(
        string what,
        Func<IEthereumClient, CancellationToken, Task<T>> question,
        IEqualityComparer<T> same,
        ulong? height,
        CancellationToken cancellation,
        Func<T, ulong>? heightOf = null)
    {
        var order = _endpoints
            .Where(endpoint => !endpoint.IsResting)
            .OrderBy(endpoint => endpoint.IsSlow || endpoint.IsLagging || endpoint.Head < height)
            .ToArray();
        var inquiry = new Inquiry<T>(order, (endpoint, limit) => question(endpoint.Client, limit), _options, _time, cancellation);
        while (true)
        {
            var tally = new Tally<T>(inquiry.Replies, same, _agreement, inquiry.Outstanding, height);
            if (tally.IsAgreed)
            {
                var agreed = tally.Largest[0].Value!;
                new Blame<T>(what, height ?? heightOf?.Invoke(agreed)).Outvoted(tally, inquiry.Replies);
                return agreed;
            }
            if (tally.IsAgreedNothing) return default!;
            if (tally.IsHopeless)
            {
                new Blame<T>(what, height ?? (tally.Largest is [var some, ..] ? heightOf?.Invoke(some.Value!) : null)).Split(tally);
                throw tally.IsDisputed
                    ? new EndpointsDisagreeException($"The Ethereum nodes do not agree about {what}.")
                    : TooFew(inquiry.Replies, _agreement);
            }
            inquiry.Ask(tally.Missing);
            if (!await inquiry.HearAsync()) inquiry.AskOneMore();
        }
    }

    // The first that answers, in their order. Those that rest are better than nobody.
    private async Task<T> FirstAsync<T>(Func<IEthereumClient, CancellationToken, Task<T>> question, CancellationToken cancellation)
    {
        var order = _endpoints.OrderBy(endpoint => endpoint.IsResting).ThenBy(endpoint => endpoint.IsDoubtful).ToArray();
        var inquiry = new Inquiry<T>(order, (endpoint, limit) => question(endpoint.Client, limit), _options, _time, cancellation);
        while (inquiry.Outstanding > 0)
        {
            inquiry.Ask(1);
            if (!await inquiry.HearAsync()) inquiry.AskOneMore();
            else if (inquiry.Replies[^1] is { IsAnswer: true } answer) return answer.Value!;
        }
        throw TooFew(inquiry.Replies, 1);
    }

    // All of them at once; where enough have answered, those that take too long are not waited for.
    private async Task<IReadOnlyList<EndpointReply<T>>> AskAllAsync<T>(
        Endpoint[] order,
        Func<Endpoint, CancellationToken, Task<T>> question,
        CancellationToken cancellation,
        int? enough = null)
    {
        var inquiry = new Inquiry<T>(order, question, _options, _time, cancellation);
        inquiry.Ask(order.Length);
        while (inquiry.Outstanding > 0)
        {
            var isEnough = inquiry.Replies.Count(reply => reply.IsAnswer) >= (enough ?? _agreement);
            if (isEnough && inquiry.WaitsForSlowOnly) break;
            if (!await inquiry.HearAsync() && isEnough) break;
        }
        return inquiry.Replies;
    }

    private Endpoint[] Healthy() => [.. _endpoints.Where(endpoint => !endpoint.IsResting)];

    private Endpoint[] HealthyOrAll() => Healthy() is { Length: > 0 } healthy ? healthy : _endpoints;

    private List<EndpointReply<T>> Answers<T>(IReadOnlyList<EndpointReply<T>> replies, int? enough = null)
    {
        var answers = replies.Where(reply => reply.IsAnswer).ToList();
        return answers.Count >= (enough ?? _agreement) ? answers : throw TooFew(replies, enough ?? _agreement);
    }

    // Where an endpoint refused, its reason says more: whoever asked for too much asks for less.
    private EthereumException TooFew<T>(IReadOnlyList<EndpointReply<T>> replies, int needed) =>
        replies.Select(reply => reply.Problem).OfType<RpcException>().FirstOrDefault()
        ?? (EthereumException)new EthereumUnavailableException(
            $"{replies.Count(reply => reply.IsAnswer)} of {_endpoints.Length} Ethereum nodes answer, and {needed} must.",
            replies.Select(reply => reply.Problem).FirstOrDefault(problem => problem is not null));

    // A revert is an answer like any other.
    private static async Task<CallOutcome> OutcomeAsync(Task<ReadOnlyMemory<byte>> call)
    {
        try
        {
            return new CallOutcome(await call, null);
        }
        catch (ContractRevertedException revert)
        {
            return new CallOutcome(ReadOnlyMemory<byte>.Empty, revert);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> SimulateAsync(
        IEthereumClient client, Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation)
    {
        await client.SimulateAsync(from, request, block, cancellation);
        return ReadOnlyMemory<byte>.Empty;
    }

    private static async Task<(ulong Gas, ContractRevertedException? Error)> EstimateAsync(
        IEthereumClient client, Address from, TransactionRequest request, CancellationToken cancellation)
    {
        try
        {
            return (await client.EstimateGasAsync(from, request, cancellation), null);
        }
        catch (ContractRevertedException revert)
        {
            return (0, revert);
        }
    }

    private static async Task<IReadOnlyList<LogEntry>> ReadLogsAsync(Endpoint endpoint, LogFilter filter, CancellationToken cancellation)
    {
        if (endpoint.Head is not { } head || head < filter.ToBlock) head = await endpoint.ReadHeadAsync(cancellation);
        return head < filter.ToBlock ? null! : await endpoint.Client.GetLogsAsync(filter, cancellation);
    }

    private static async Task<Bytes32> HandInAsync(
        IEthereumClient client, ReadOnlyMemory<byte> signedTransaction, Bytes32 hash, CancellationToken cancellation) =>
        await client.SendRawTransactionAsync(signedTransaction, cancellation) == hash
            ? hash
            : throw new EthereumUnavailableException("The Ethereum node names another transaction than it was given.");
}

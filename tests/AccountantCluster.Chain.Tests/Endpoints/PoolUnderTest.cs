using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>A pool of nodes of <see cref="SmallChain"/>, and what it can be asked.</summary>
internal sealed class PoolUnderTest
{
    public static readonly Address Somebody = Address.Parse("0x00000000000000000000000000000000000000aa");

    private static readonly ContractCall Call = new(SmallChain.Contract, new byte[] { 1 });
    private static readonly ContractCall Revert = new(SmallChain.Reverting, new byte[] { 2 });

    public PoolUnderTest(int endpoints, EndpointPoolOptions? options = null, TimeProvider? time = null)
    {
        Endpoints = [.. Enumerable.Range(0, endpoints).Select(_ => new ToldEndpoint())];
        Pool = new EndpointPool([.. Endpoints.Select((endpoint, index) => new NamedEndpoint($"{index}", endpoint))], options, time);
    }

    public EndpointPool Pool { get; }

    public ToldEndpoint[] Endpoints { get; }

    public ToldEndpoint this[int index] => Endpoints[index];

    /// <summary>All that decides about money, as text that is equal where it means the same.</summary>
    /// <param name="depth">Blocks below the head that are asked about.</param>
    public static IReadOnlyList<(string Name, Func<IEthereumClient, Task<string>> Ask)> Questions(ulong depth)
    {
        var number = SmallChain.Head - depth;
        var (at, byHash) = (BlockReference.At(number), BlockReference.At(SmallChain.BlockHash(number)));
        var filter = new LogFilter(number - 5, number, [SmallChain.Contract], []);
        return
        [
            ("chain", async client => $"{await client.GetChainIdAsync()}"),
            ("block by number", async client => $"{await client.GetBlockAsync(at)}"),
            ("block by hash", async client => $"{await client.GetBlockAsync(byHash)}"),
            ("call", async client => Text(await client.CallAsync(Call, byHash))),
            ("revert", client => TextOfRevertAsync(() => client.CallAsync(Revert, byHash))),
            ("calls", async client => string.Join(' ', (await client.CallManyAsync([Call, Revert, Call], byHash)).Select(Text))),
            ("code", async client => Text(await client.GetCodeAsync(SmallChain.Contract, byHash))),
            ("count", async client => $"{await client.GetTransactionCountAsync(Somebody, at)}"),
            ("receipt", async client => Text(await client.GetTransactionReceiptAsync(SmallChain.TransactionHash(number)))),
            ("logs", async client => string.Join('\n', (await client.GetLogsAsync(filter)).Select(Text))),
        ];
    }

    /// <summary>What an honest node that is not behind says.</summary>
    public static Task<string> TruthAsync(Func<IEthereumClient, Task<string>> ask) => ask(new ToldEndpoint());

    public static string Text(LogEntry log) => $"{log} {string.Join(',', log.Topics)} {Text(log.Data)}";

    private static string Text(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);

    private static string Text(CallOutcome outcome) =>
        outcome.Error is ContractRevertedException revert ? $"reverted {Text(revert.RevertData)}" : Text(outcome.DataOrThrow());

    private static string Text(TransactionReceipt? receipt) =>
        receipt is null ? "none" : $"{receipt with { Logs = [] }} {string.Join(' ', receipt.Logs.Select(Text))}";

    private static async Task<string> TextOfRevertAsync(Func<Task<ReadOnlyMemory<byte>>> call)
    {
        try
        {
            return Text(await call());
        }
        catch (ContractRevertedException revert)
        {
            return $"reverted {Text(revert.RevertData)}";
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;

namespace AccountantCluster;

/// <summary>What a <see cref="LyingEndpoint"/> does to the truth; nothing by default.</summary>
internal sealed record Lies
{
    /// <summary>The whole truth.</summary>
    public static Lies None { get; } = new();

    /// <summary>Knows nothing of so many of the newest blocks.</summary>
    public ulong LagBlocks { get; init; }

    /// <summary>Answers nothing but this status of HTTP.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Takes requests and never answers.</summary>
    public bool Hangs { get; init; }

    /// <summary>Says that no transaction is in a block.</summary>
    public bool HidesReceipts { get; init; }

    /// <summary>Says that what succeeded failed, and the other way round.</summary>
    public bool TurnsReceipts { get; init; }

    /// <summary>Leaves out all logs.</summary>
    public bool HidesLogs { get; init; }

    /// <summary>Adds a log, where its event is asked for.</summary>
    public JsonObject? InventedLog { get; init; }

    /// <summary>Everybody's tokens.</summary>
    public UInt128? InventedBalance { get; init; }

    /// <summary>What the chain's id is said to be.</summary>
    public ulong? ChainId { get; init; }
}

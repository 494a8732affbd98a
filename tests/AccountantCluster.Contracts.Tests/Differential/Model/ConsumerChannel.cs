namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>A consumer's channel; its tokens lie at its address, before it is registered too.</summary>
internal sealed class ConsumerChannel
{
    public bool IsRegistered { get; set; }

    public UInt128 Settled { get; set; }

    public ulong Nonce { get; set; }

    public (string Beneficiary, ulong RequestedAt)? Exit { get; set; }

    public void Describe(string name, SortedDictionary<string, string> lines)
    {
        lines[$"consumer {name}"] = IsRegistered ? $"settled {Settled}, nonce {Nonce}" : "not there";
        lines[$"consumer {name}, exit"] = !IsRegistered ? "not there" : Exit is { } exit
            ? $"to {exit.Beneficiary} from {exit.RequestedAt + World.Notice} to {exit.RequestedAt + World.Notice + World.Lapse}"
            : "none";
    }
}

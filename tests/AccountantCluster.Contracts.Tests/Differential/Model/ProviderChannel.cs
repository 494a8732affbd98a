namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>A provider's channel.</summary>
internal sealed class ProviderChannel
{
    public string Beneficiary { get; set; } = World.Nobody;

    public UInt128 Loan { get; set; }

    public UInt128 Returned { get; set; }

    public UInt128 Balance { get; set; }

    public UInt128 Settled { get; set; }

    public UInt128 FeesPaid { get; set; }

    public ulong Nonce { get; set; }

    public Announcement? Release { get; set; }

    /// <summary>What of the balance lies above the loan.</summary>
    public UInt128 Excess => Balance > Loan ? Balance - Loan : 0;

    public void Describe(string name, SortedDictionary<string, string> lines)
    {
        lines[$"provider {name}"] =
            $"beneficiary {Beneficiary}, loan {Loan}, returned {Returned}, balance {Balance}, "
            + $"settled {Settled}, fees {FeesPaid}, nonce {Nonce}";
        lines[$"provider {name}, release"] = Announcement.Text(Release);
    }
}

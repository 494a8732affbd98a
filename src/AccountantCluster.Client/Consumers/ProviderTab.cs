using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>A consumer's agreements with one provider: as many as the accountant keeps, the highest ids (protocol §4 rule 7).</summary>
internal sealed record ProviderTab
{
    public static ProviderTab Empty { get; } = new();

    public ImmutableSortedDictionary<AgreementId, PaidAgreement> Agreements { get; init; } =
        ImmutableSortedDictionary<AgreementId, PaidAgreement>.Empty;

    /// <summary>Ids up to and including this one are closed; null while none is.</summary>
    public AgreementId? Floor { get; init; }

    public bool IsClosed(AgreementId id) => Floor is { } floor && id <= floor;

    public ProviderTab With(PaidAgreement agreement)
    {
        var agreements = Agreements.SetItem(agreement.Latest.Agreement.Id, agreement);
        if (agreements.Count <= ProtocolLimits.AgreementsKept) return this with { Agreements = agreements };
        var lowest = agreements.Keys.First();
        return new ProviderTab { Agreements = agreements.Remove(lowest), Floor = lowest };
    }
}

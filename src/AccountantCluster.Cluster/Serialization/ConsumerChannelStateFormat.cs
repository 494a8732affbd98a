using System.Collections.Immutable;
using AccountantCluster.Channels.Consumer;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The snapshot of a consumer channel. Equal states give equal bytes.</summary>
internal static class ConsumerChannelStateFormat
{
    public static Wire.ConsumerChannelState Write(ConsumerChannelState state)
    {
        var wire = new Wire.ConsumerChannelState
        {
            Facts = SharedFormats.Write(state.Facts),
            Frozen = state.Frozen,
            ExitSeenAt = state.ExitSeenAt,
            Consent = state.Consent is { } consent ? SharedFormats.Write(consent) : null,
            Opening = state.Opening is { } opening ? SharedFormats.Write(opening) : null,
            Latest = SharedFormats.Write(state.Latest),
            Settleable = SharedFormats.Write(state.Settleable),
            Credited = Fields.Write(state.Credited),
        };
        wire.Rungs.AddRange(state.Rungs.Select(rung => new Wire.ConsumerChannelState.Types.Rung
        {
            Highest = SharedFormats.Write(rung.Highest),
            Credit = Fields.Write(rung.Credit),
        }));
        wire.Providers.AddRange(state.Agreements.OrderBy(pair => pair.Key).Select(pair => Write(pair.Key, pair.Value)));
        return wire;
    }

    public static ConsumerChannelState Read(Wire.ConsumerChannelState wire) => new()
    {
        Facts = SharedFormats.Read(wire.Facts),
        Frozen = wire.Frozen,
        ExitSeenAt = wire.ExitSeenAt,
        Consent = wire.Consent is null ? null : SharedFormats.Read(wire.Consent),
        Opening = wire.Opening is null ? null : SharedFormats.Read(wire.Opening),
        Latest = SharedFormats.ReadOptional(wire.Latest),
        Settleable = SharedFormats.ReadOptional(wire.Settleable),
        Rungs = Fields.ReadAll(wire.Rungs, rung => new Rung(SharedFormats.Read(rung.Highest), Fields.ReadAmount(rung.Credit))),
        Agreements = wire.Providers.ToImmutableDictionary(agreements => Fields.ReadAddress(agreements.Provider), Read),
        Credited = Fields.ReadAmount(wire.Credited),
    };

    private static Wire.ConsumerChannelState.Types.ProviderAgreements Write(Address provider, ProviderAgreements agreements)
    {
        var wire = new Wire.ConsumerChannelState.Types.ProviderAgreements
        {
            Provider = Fields.Write(provider),
            Credited = Fields.Write(agreements.Credited),
        };
        if (agreements.Floor is { } floor) wire.Floor = Fields.Write(floor);
        wire.Agreements.AddRange(agreements.Totals.Select(pair => new Wire.ConsumerChannelState.Types.Agreement
        {
            Id = Fields.Write(pair.Key),
            Total = Fields.Write(pair.Value),
        }));
        wire.Unacknowledged.AddRange(agreements.Unacknowledged.Select(SharedFormats.Write));
        return wire;
    }

    private static ProviderAgreements Read(Wire.ConsumerChannelState.Types.ProviderAgreements wire) => new()
    {
        Totals = wire.Agreements.ToImmutableSortedDictionary(
            agreement => Fields.ReadAgreementId(agreement.Id), agreement => Fields.ReadAmount(agreement.Total)),
        Floor = wire.HasFloor ? Fields.ReadAgreementId(wire.Floor) : null,
        Credited = Fields.ReadAmount(wire.Credited),
        Unacknowledged = [.. wire.Unacknowledged.Select(SharedFormats.Read)],
    };
}

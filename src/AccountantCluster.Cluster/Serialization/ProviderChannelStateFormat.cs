using System.Collections.Immutable;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The snapshot of a provider channel. Equal states give equal bytes.</summary>
internal static class ProviderChannelStateFormat
{
    public static Wire.ProviderChannelState Write(ProviderChannelState state)
    {
        var wire = new Wire.ProviderChannelState
        {
            Facts = SharedFormats.Write(state.Facts),
            Gross = Fields.Write(state.Gross),
            Revealed = Fields.Write(state.Revealed),
            LastSigned = state.LastSigned is { } total ? SharedFormats.Write(total) : null,
            Proven = Fields.Write(state.Proven),
            EarlierFees = Fields.Write(state.Fees.Earlier),
            Settleable = Fields.Write(state.Settleable),
        };
        wire.CreditedBy.AddRange(state.CreditedBy.OrderBy(pair => pair.Key).Select(pair => WriteCredit(pair.Key, pair.Value)));
        wire.Open.AddRange(state.Open.OrderBy(pair => pair.Key).Select(pair => WriteOpen(pair.Key, pair.Value)));
        wire.KnownPreimages.AddRange(state.KnownPreimages.Select(Fields.Write));
        wire.PendingReveals.AddRange(state.PendingReveals.OrderBy(pair => pair.Key).Select(pair => WritePending(pair.Value)));
        wire.Fees.AddRange(state.Fees.Rates.Select(rate => new Wire.ProviderChannelState.Types.FeeRate
        {
            FromGross = Fields.Write(rate.FromGross),
            BasisPoints = rate.BasisPoints,
        }));
        return wire;
    }

    public static ProviderChannelState Read(Wire.ProviderChannelState wire) => new()
    {
        Facts = SharedFormats.Read(wire.Facts),
        CreditedBy = wire.CreditedBy.ToImmutableDictionary(
            credit => Fields.ReadAddress(credit.Channel), credit => Fields.ReadAmount(credit.Total)),
        Gross = Fields.ReadAmount(wire.Gross),
        Revealed = Fields.ReadAmount(wire.Revealed),
        Open = wire.Open.ToImmutableDictionary(
            open => Fields.ReadHashlock(open.Hashlock),
            open => new OpenHashlock(Fields.ReadAmount(open.Credit), [.. open.Consumers.Select(Fields.ReadAddress)])),
        KnownPreimages = [.. wire.KnownPreimages.Select(Fields.ReadPreimage)],
        PendingReveals = wire.PendingReveals
            .Select(pending => new PendingReveal(Fields.ReadPreimage(pending.R), [.. pending.Channels.Select(Fields.ReadAddress)]))
            .ToImmutableDictionary(pending => pending.R.ToHashlock()),
        Fees = new FeeSchedule
        {
            Earlier = Fields.ReadAmount(wire.EarlierFees),
            Rates = Fields.ReadAll(
                wire.Fees, rate => new FeeSchedule.Rate(Fields.ReadAmount(rate.FromGross), Fields.ReadBasisPoints(rate.BasisPoints))),
        },
        LastSigned = wire.LastSigned is null ? null : SharedFormats.Read(wire.LastSigned),
        Proven = Fields.ReadAmount(wire.Proven),
        Settleable = Fields.ReadAmount(wire.Settleable),
    };

    private static Wire.ProviderChannelState.Types.ConsumerCredit WriteCredit(Address channel, Amount total) =>
        new() { Channel = Fields.Write(channel), Total = Fields.Write(total) };

    private static Wire.ProviderChannelState.Types.OpenHashlock WriteOpen(Hashlock hashlock, OpenHashlock open)
    {
        var wire = new Wire.ProviderChannelState.Types.OpenHashlock
        {
            Hashlock = Fields.Write(hashlock),
            Credit = Fields.Write(open.Credit),
        };
        wire.Consumers.AddRange(open.Consumers.Order().Select(Fields.Write));
        return wire;
    }

    private static Wire.ProviderChannelState.Types.PendingReveal WritePending(PendingReveal pending)
    {
        var wire = new Wire.ProviderChannelState.Types.PendingReveal { R = Fields.Write(pending.R) };
        wire.Channels.AddRange(pending.Channels.Order().Select(Fields.Write));
        return wire;
    }
}

using AccountantCluster.Channels.Provider;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>The journal of a provider channel.</summary>
internal static class ProviderChannelEventFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<ProviderChannelEvent.CreditsRecorded, Wire.CreditsRecorded>("pe-credits-1", WriteCredits, ReadCredits),
        MessageFormat.Of<ProviderChannelEvent.HashlocksRevealed, Wire.HashlocksRevealed>("pe-revealed-1", WriteRevealed, ReadRevealed),
        MessageFormat.Of(
            "pe-authorised-1",
            (ProviderChannelEvent.PromiseAuthorised value) => new Wire.PromiseAuthorised
            {
                Total = SharedFormats.Write(value.Total),
                IsRevealed = value.IsRevealed,
            },
            wire => new ProviderChannelEvent.PromiseAuthorised(SharedFormats.Read(wire.Total), wire.IsRevealed)),
        MessageFormat.Of(
            "pe-fee-1",
            (ProviderChannelEvent.FeeChanged value) => new Wire.FeeChanged { BasisPoints = value.BasisPoints },
            wire => new ProviderChannelEvent.FeeChanged(Fields.ReadBasisPoints(wire.BasisPoints))),
        MessageFormat.Of(
            "pe-proven-1",
            (ProviderChannelEvent.TotalProven value) => new Wire.TotalProven { Promised = Fields.Write(value.Promised) },
            wire => new ProviderChannelEvent.TotalProven(Fields.ReadAmount(wire.Promised))),
        MessageFormat.Of(
            "pe-observed-1",
            (ProviderChannelEvent.ChainObserved value) => new Wire.ProviderChainObserved { Facts = SharedFormats.Write(value.Facts) },
            wire => new ProviderChannelEvent.ChainObserved(SharedFormats.Read(wire.Facts))),
    ];

    private static Wire.CreditsRecorded WriteCredits(ProviderChannelEvent.CreditsRecorded value)
    {
        var wire = new Wire.CreditsRecorded();
        wire.Credits.AddRange(value.Credits.Select(credit => new Wire.CreditsRecorded.Types.Credit
        {
            Channel = Fields.Write(credit.Channel),
            Segment = SharedFormats.Write(credit.Segment),
            KnownR = Fields.Write(credit.KnownR),
        }));
        return wire;
    }

    private static ProviderChannelEvent.CreditsRecorded ReadCredits(Wire.CreditsRecorded wire) => new(Fields.ReadAll(
        wire.Credits,
        credit => new RecordedCredit(
            Fields.ReadAddress(credit.Channel), SharedFormats.Read(credit.Segment), Fields.ReadOptionalPreimage(credit.KnownR))));

    private static Wire.HashlocksRevealed WriteRevealed(ProviderChannelEvent.HashlocksRevealed value)
    {
        var wire = new Wire.HashlocksRevealed();
        wire.Preimages.AddRange(value.Preimages.Select(Fields.Write));
        return wire;
    }

    private static ProviderChannelEvent.HashlocksRevealed ReadRevealed(Wire.HashlocksRevealed wire) =>
        new(Fields.ReadAll(wire.Preimages, Fields.ReadPreimage));
}

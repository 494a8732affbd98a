using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using Google.Protobuf;
using Wire = AccountantCluster.Cluster.Protos;

namespace AccountantCluster.Cluster;

/// <summary>Messages to a provider channel, and its answers.</summary>
internal static class ProviderChannelMessageFormats
{
    public static IReadOnlyList<MessageFormat> All { get; } =
    [
        MessageFormat.Of<PrepareBatch, Wire.PrepareBatch>("pm-prepare-1", WritePrepare, ReadPrepare),
        MessageFormat.Of<BatchPrepared, Wire.BatchPrepared>("pm-prepared-1", WritePrepared, ReadPrepared),
        MessageFormat.Of<CreditAndSign, Wire.CreditAndSign>("pm-credit-1", WriteCredit, ReadCredit),
        MessageFormat.Of<CreditedAndSigned, Wire.CreditedAndSigned>("pm-credited-1", WriteCredited, ReadCredited),
        MessageFormat.Of<DeliverCredits, Wire.DeliverCredits>("pm-deliver-1", WriteDeliver, ReadDeliver),
        MessageFormat.Of<AcknowledgeReveals, Wire.AcknowledgeReveals>("pm-ack-1", WriteAcknowledge, ReadAcknowledge),
        MessageFormat.Of<ObserveProviderChannel, Wire.ObserveProviderChannel>("pm-observe-1", WriteObserve, ReadObserve),
        MessageFormat.Of(
            "pm-reveal-1",
            (ObserveReveal value) => new Wire.ObserveReveal { Provider = Fields.Write(value.Provider), R = Fields.Write(value.R) },
            wire => new ObserveReveal(Fields.ReadAddress(wire.Provider), Fields.ReadPreimage(wire.R))),
        MessageFormat.Of<ProveTotal, Wire.ProveTotal>("pm-prove-1", WriteProve, ReadProve),
        MessageFormat.Of(
            "pm-payable-1",
            (GetPayable value) => new Wire.GetPayable { Provider = Fields.Write(value.Provider) },
            wire => new GetPayable(Fields.ReadAddress(wire.Provider))),
        MessageFormat.Of(
            "pm-found-1",
            (PayableFound value) => new Wire.PayableFound
            {
                Provider = Fields.Write(value.Payable.Provider),
                Settleable = Fields.Write(value.Payable.Settleable),
                Settled = Fields.Write(value.Payable.Settled),
                Gross = Fields.Write(value.Payable.Gross),
                Promised = Fields.Write(value.Payable.Promised),
            },
            wire => new PayableFound(new Payable(
                Fields.ReadAddress(wire.Provider),
                Fields.ReadAmount(wire.Settleable),
                Fields.ReadAmount(wire.Settled),
                Fields.ReadAmount(wire.Gross),
                Fields.ReadAmount(wire.Promised)))),
        MessageFormat.Of(
            "pm-describe-1",
            (DescribeProviderChannel value) => new Wire.DescribeProviderChannel { Provider = Fields.Write(value.Provider) },
            wire => new DescribeProviderChannel(Fields.ReadAddress(wire.Provider))),
        MessageFormat.Of<ProviderChannelDescribed, Wire.ProviderChannelDescribed>("pm-described-1", WriteDescribed, ReadDescribed),
    ];

    private static Wire.PrepareBatch WritePrepare(PrepareBatch value)
    {
        var wire = new Wire.PrepareBatch { Provider = Fields.Write(value.Provider) };
        wire.Reveals.AddRange(value.Reveals.Select(Fields.Write));
        wire.Hashlocks.AddRange(value.Hashlocks.Select(Fields.Write));
        return wire;
    }

    private static PrepareBatch ReadPrepare(Wire.PrepareBatch wire) => new(
        Fields.ReadAddress(wire.Provider),
        Fields.ReadAll(wire.Reveals, Fields.ReadPreimage),
        Fields.ReadAll(wire.Hashlocks, Fields.ReadHashlock));

    private static Wire.BatchPrepared WritePrepared(BatchPrepared value)
    {
        var wire = new Wire.BatchPrepared();
        wire.Reveals.AddRange(value.Reveals.Select(reason => (int)reason));
        wire.Hashlocks.AddRange(value.Hashlocks.Select(standing => new Wire.BatchPrepared.Types.Standing
        {
            Hashlock = Fields.Write(standing.Hashlock),
            KnownR = Fields.Write(standing.KnownR),
            IsRefused = standing.IsRefused,
        }));
        return wire;
    }

    private static BatchPrepared ReadPrepared(Wire.BatchPrepared wire) => new(
        Fields.ReadAll(wire.Reveals, Fields.ReadReason),
        Fields.ReadAll(wire.Hashlocks, standing => new HashlockStanding(
            Fields.ReadHashlock(standing.Hashlock), Fields.ReadOptionalPreimage(standing.KnownR), standing.IsRefused)));

    private static Wire.CreditAndSign WriteCredit(CreditAndSign value)
    {
        var wire = new Wire.CreditAndSign
        {
            Provider = Fields.Write(value.Provider),
            Hashlock = value.Hashlock is { } hashlock ? Fields.Write(hashlock) : ByteString.Empty,
            Position = SharedFormats.Write(value.Position),
        };
        wire.Credits.AddRange(value.Credits.Select(WriteCredits));
        return wire;
    }

    private static CreditAndSign ReadCredit(Wire.CreditAndSign wire) => new(
        Fields.ReadAddress(wire.Provider),
        Fields.ReadAll(wire.Credits, ReadCredits),
        wire.Hashlock.IsEmpty ? null : Fields.ReadHashlock(wire.Hashlock),
        SharedFormats.Read(wire.Position));

    private static Wire.ChannelCredits WriteCredits(ChannelCredits value)
    {
        var wire = new Wire.ChannelCredits { Channel = Fields.Write(value.Channel) };
        wire.Segments.AddRange(value.Segments.Select(SharedFormats.Write));
        return wire;
    }

    private static ChannelCredits ReadCredits(Wire.ChannelCredits wire) =>
        new(Fields.ReadAddress(wire.Channel), Fields.ReadAll(wire.Segments, SharedFormats.Read));

    private static Wire.CreditedAndSigned WriteCredited(CreditedAndSigned value)
    {
        var wire = new Wire.CreditedAndSigned
        {
            Reason = (int)value.Reason,
            Promise = SharedFormats.Write(value.Promise),
            Promised = Fields.Write(value.Promised),
            Settled = Fields.Write(value.Settled),
            Balance = Fields.Write(value.Balance),
            Loan = Fields.Write(value.Loan),
            FeeBasisPoints = value.FeeBasisPoints,
        };
        wire.Totals.AddRange(value.Totals.Select(total => new Wire.CreditedAndSigned.Types.Total
        {
            Channel = Fields.Write(total.Channel),
            Credited = Fields.Write(total.Credited),
        }));
        return wire;
    }

    private static CreditedAndSigned ReadCredited(Wire.CreditedAndSigned wire) => new(
        Fields.ReadAll(wire.Totals, total => new CreditedTotal(Fields.ReadAddress(total.Channel), Fields.ReadAmount(total.Credited))),
        Fields.ReadReason(wire.Reason),
        SharedFormats.Read(wire.Promise),
        Fields.ReadAmount(wire.Promised),
        Fields.ReadAmount(wire.Settled),
        Fields.ReadAmount(wire.Balance),
        Fields.ReadAmount(wire.Loan),
        Fields.ReadBasisPoints(wire.FeeBasisPoints));

    private static Wire.DeliverCredits WriteDeliver(DeliverCredits value) =>
        new() { Provider = Fields.Write(value.Provider), Credits = WriteCredits(value.Credits) };

    private static DeliverCredits ReadDeliver(Wire.DeliverCredits wire) =>
        new(Fields.ReadAddress(wire.Provider), ReadCredits(Fields.Require(wire.Credits)));

    private static Wire.AcknowledgeReveals WriteAcknowledge(AcknowledgeReveals value)
    {
        var wire = new Wire.AcknowledgeReveals
        {
            Provider = Fields.Write(value.Provider),
            Channel = Fields.Write(value.Channel),
            Credited = Fields.Write(value.Credited),
        };
        wire.Hashlocks.AddRange(value.Hashlocks.Select(Fields.Write));
        return wire;
    }

    private static AcknowledgeReveals ReadAcknowledge(Wire.AcknowledgeReveals wire) => new(
        Fields.ReadAddress(wire.Provider),
        Fields.ReadAddress(wire.Channel),
        Fields.ReadAll(wire.Hashlocks, Fields.ReadHashlock),
        Fields.ReadAmount(wire.Credited));

    private static Wire.ObserveProviderChannel WriteObserve(ObserveProviderChannel value) =>
        new() { Provider = Fields.Write(value.Provider), Facts = SharedFormats.Write(value.Facts) };

    private static ObserveProviderChannel ReadObserve(Wire.ObserveProviderChannel wire) =>
        new(Fields.ReadAddress(wire.Provider), SharedFormats.Read(wire.Facts));

    private static Wire.ProveTotal WriteProve(ProveTotal value) => new()
    {
        Provider = Fields.Write(value.Provider),
        Promised = Fields.Write(value.Promised),
        Hashlock = Fields.Write(value.Hashlock),
        R = Fields.Write(value.R),
    };

    private static ProveTotal ReadProve(Wire.ProveTotal wire) => new(
        Fields.ReadAddress(wire.Provider),
        Fields.ReadAmount(wire.Promised),
        Fields.ReadHashlock(wire.Hashlock),
        Fields.ReadPreimage(wire.R));

    private static Wire.ProviderChannelDescribed WriteDescribed(ProviderChannelDescribed value) => new()
    {
        Gross = Fields.Write(value.Overview.Gross),
        Revealed = Fields.Write(value.Overview.Revealed),
        Promised = Fields.Write(value.Overview.Promised),
        Settled = Fields.Write(value.Overview.Settled),
        Balance = Fields.Write(value.Overview.Balance),
        Loan = Fields.Write(value.Overview.Loan),
        Latest = SharedFormats.Write(value.Overview.LatestPromise),
        Position = SharedFormats.Write(value.Overview.LatestPosition),
        Fees = Fields.Write(value.Overview.Fees),
        Settleable = Fields.Write(value.Overview.Settleable),
        Block = value.Overview.Block,
    };

    private static ProviderChannelDescribed ReadDescribed(Wire.ProviderChannelDescribed wire) => new(new ProviderOverview(
        Fields.ReadAmount(wire.Gross),
        Fields.ReadAmount(wire.Revealed),
        Fields.ReadAmount(wire.Promised),
        Fields.ReadAmount(wire.Settled),
        Fields.ReadAmount(wire.Balance),
        Fields.ReadAmount(wire.Loan),
        SharedFormats.Read(wire.Latest),
        SharedFormats.Read(wire.Position))
    {
        Fees = Fields.ReadAmount(wire.Fees),
        Settleable = Fields.ReadAmount(wire.Settleable),
        Block = wire.Block,
    });
}

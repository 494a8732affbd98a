using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.TestKit;
using Google.Protobuf;

namespace AccountantCluster.Reliability.Journals;

/// <summary>From stored bytes to entries, without the cluster's own reading of them.</summary>
/// <param name="consumers">Identities, by the address of the channel.</param>
internal sealed class EntryReader(IReadOnlyDictionary<Address, Address> consumers)
{
    /// <summary>An event of a paying channel.</summary>
    public ConsumerEntry ReadConsumer(StoredEvent stored) => stored.Manifest switch
    {
        "ce-accepted-1" => ReadAccepted(stored.SequenceNumber, Stored.PromiseAccepted.Parser.ParseFrom(stored.Payload)),
        "ce-revealed-1" => new ConsumerEntry.Revealed(
            stored.SequenceNumber, Opened(Stored.HashlockRevealed.Parser.ParseFrom(stored.Payload).R)),
        "ce-observed-1" => new ConsumerEntry.Observed(
            stored.SequenceNumber, Stored.ConsumerChainObserved.Parser.ParseFrom(stored.Payload).Facts.Deposited.ToAmount()),
        var other => new ConsumerEntry.Unexpected(stored.SequenceNumber, other),
    };

    /// <summary>An event of a receiving channel.</summary>
    public ProviderEntry ReadProvider(StoredEvent stored) => stored.Manifest switch
    {
        "pe-credits-1" => new ProviderEntry.Credited(
            stored.SequenceNumber, [.. Stored.CreditsRecorded.Parser.ParseFrom(stored.Payload).Credits.Select(ReadCredit)]),
        "pe-revealed-1" => new ProviderEntry.Revealed(
            stored.SequenceNumber, [.. Stored.HashlocksRevealed.Parser.ParseFrom(stored.Payload).Preimages.Select(Opened)]),
        "pe-authorised-1" => ReadAuthorised(stored.SequenceNumber, Stored.PromiseAuthorised.Parser.ParseFrom(stored.Payload)),
        "pe-observed-1" or "pe-fee-1" => new ProviderEntry.Noted(stored.SequenceNumber),
        var other => new ProviderEntry.Unexpected(stored.SequenceNumber, other),
    };

    private ConsumerEntry.Accepted ReadAccepted(long number, Stored.PromiseAccepted accepted)
    {
        var promise = new OfferedPromise(
            consumers[accepted.Promise.Channel.ToAddress()],
            accepted.Promise.Provider.ToAddress(),
            accepted.Promise.AgreementId.ToAgreementId(),
            accepted.Promise.AgreementTotal.ToAmount(),
            accepted.Promise.Amount.ToAmount(),
            accepted.Promise.Hashlock.ToHashlock());
        return new ConsumerEntry.Accepted(number, promise, accepted.Delta.ToAmount(), !accepted.R.IsEmpty);
    }

    private Credit ReadCredit(Stored.CreditsRecorded.Types.Credit credit) => new(
        consumers[credit.Channel.ToAddress()],
        credit.Segment.Hashlock.ToHashlock(),
        credit.Segment.From.ToAmount(),
        credit.Segment.To.ToAmount(),
        !credit.KnownR.IsEmpty);

    private static ProviderEntry.Authorised ReadAuthorised(long number, Stored.PromiseAuthorised authorised) => new(
        number, authorised.Total.Hashlock.ToHashlock(), authorised.Total.Gross.ToAmount(), authorised.Total.Promised.ToAmount());

    private static Hashlock Opened(ByteString r) => new Preimage(new Bytes32(r.Span)).ToHashlock();
}

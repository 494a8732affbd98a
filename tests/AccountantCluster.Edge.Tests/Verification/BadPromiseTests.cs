using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.Edge.Tests.Verification;

/// <summary>
/// Every bad promise by its reason, from a consumer that the edge has never seen and from one whose key it knows: the two ways through the
/// check.
/// </summary>
public class BadPromiseTests
{
    private static readonly ByteString Zero20 = ByteString.CopyFrom(new byte[20]);

    public static TheoryData<string, RejectionReason> BadPromises => new()
    {
        { "empty", RejectionReason.Malformed },
        { "no consumer", RejectionReason.Malformed },
        { "19 bytes of consumer", RejectionReason.Malformed },
        { "21 bytes of consumer", RejectionReason.Malformed },
        { "no hashlock", RejectionReason.Malformed },
        { "31 bytes of hashlock", RejectionReason.Malformed },
        { "33 bytes of hashlock", RejectionReason.Malformed },
        { "no provider", RejectionReason.Malformed },
        { "19 bytes of provider", RejectionReason.Malformed },
        { "33 bytes of agreement id", RejectionReason.Malformed },
        { "agreement id with a leading zero", RejectionReason.Malformed },
        { "33 bytes of amount", RejectionReason.Malformed },
        { "amount with a leading zero", RejectionReason.Malformed },
        { "33 bytes of total", RejectionReason.Malformed },
        { "amount zero", RejectionReason.AmountOutOfRange },
        { "amount zero, written out", RejectionReason.AmountOutOfRange },
        { "amount 2^128", RejectionReason.AmountOutOfRange },
        { "amount 2^256-1", RejectionReason.AmountOutOfRange },
        { "total zero", RejectionReason.AmountOutOfRange },
        { "total 2^128", RejectionReason.AmountOutOfRange },
        { "total zero and provider zero", RejectionReason.AmountOutOfRange },
        { "no signature", RejectionReason.InvalidSignature },
        { "64 bytes of signature", RejectionReason.InvalidSignature },
        { "66 bytes of signature", RejectionReason.InvalidSignature },
        { "65 zeros of signature", RejectionReason.InvalidSignature },
        { "v is 29", RejectionReason.InvalidSignature },
        { "the wrong v", RejectionReason.InvalidSignature },
        { "high s", RejectionReason.InvalidSignature },
        { "signed by somebody else", RejectionReason.InvalidSignature },
        { "amount raised", RejectionReason.InvalidSignature },
        { "total raised", RejectionReason.InvalidSignature },
        { "another agreement", RejectionReason.InvalidSignature },
        { "another hashlock", RejectionReason.InvalidSignature },
        { "consumer zero", RejectionReason.InvalidSignature },
        { "intercepted, under the thief's name", RejectionReason.InvalidSignature },
        { "intercepted, as it was", RejectionReason.WrongProvider },
        { "somebody else's cover", RejectionReason.WrongProvider },

        // Several things wrong at once: the first of the protocol's order is reported.
        { "amount zero and 31 bytes of hashlock", RejectionReason.Malformed },
        { "amount zero and total with a leading zero", RejectionReason.Malformed },
        { "amount zero and v is 29", RejectionReason.AmountOutOfRange },
        { "another provider's and v is 29", RejectionReason.InvalidSignature },
    };

    [Theory]
    [MemberData(nameof(BadPromises))]
    public void A_bad_promise_is_rejected_with_its_reason(string what, RejectionReason reason)
    {
        var stranger = Check(known: false, Spoil(what));
        var known = Check(known: true, Spoil(what));

        Assert.Equal((reason, reason), (stranger, known));
    }

    [Fact]
    public async Task Over_the_wire_each_has_its_reason_and_nothing_reaches_the_cluster()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var rows = BadPromises.Select(row => (What: (string)row[0], Reason: (RejectionReason)row[1])).ToList();

        var answer = await stream.ExchangeAsync(1, [.. rows.Select(row => Spoil(row.What))]);

        Assert.Equal(
            rows.Select(row => $"{row.What}: {row.Reason}"),
            rows.Zip(answer.Promises, (row, result) => $"{row.What}: {result.Reason}"));
        Assert.Empty(Assert.Single(edge.Exchange.Requests).Promises);
        Assert.Null(answer.Promise);
        var honest = await stream.ExchangeAsync(2, Promises.Sign(TestKeys.Alice));
        Assert.Equal(Wire.RejectionReason.Unspecified, honest.Promises[0].Reason);
    }

    private static RejectionReason Check(bool known, Wire.ConsumerPromise promise)
    {
        var check = new PromiseCheck(TestTerms.Terms, Curve.Default, new KnownConsumers(100));
        if (known)
        {
            Assert.Equal(RejectionReason.None, check.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Alice)).Reason);
            Assert.Equal(RejectionReason.None, check.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Bob)).Reason);
        }
        var verdict = check.Check(TestKeys.Provider.Address, promise);
        Assert.Equal(default, verdict.Promise);
        return verdict.Reason;
    }

    private static Wire.ConsumerPromise Spoil(string what)
    {
        var promise = Promises.Sign(TestKeys.Alice);
        switch (what)
        {
            case "empty": return new Wire.ConsumerPromise();
            case "no consumer": promise.Consumer = ByteString.Empty; break;
            case "19 bytes of consumer": promise.Consumer = Cut(promise.Consumer); break;
            case "21 bytes of consumer": promise.Consumer = Grow(promise.Consumer); break;
            case "no hashlock": promise.Hashlock = ByteString.Empty; break;
            case "31 bytes of hashlock": promise.Hashlock = Cut(promise.Hashlock); break;
            case "33 bytes of hashlock": promise.Hashlock = Grow(promise.Hashlock); break;
            case "no provider": promise.Provider = ByteString.Empty; break;
            case "19 bytes of provider": promise.Provider = Cut(promise.Provider); break;
            case "33 bytes of agreement id": promise.AgreementId = Bytes(33); break;
            case "agreement id with a leading zero": promise.AgreementId = LeadingZero(promise.AgreementId); break;
            case "33 bytes of amount": promise.Amount = Bytes(33); break;
            case "amount with a leading zero": promise.Amount = LeadingZero(promise.Amount); break;
            case "33 bytes of total": promise.AgreementTotal = Bytes(33); break;
            case "amount zero": promise.Amount = ByteString.Empty; break;
            case "amount zero, written out": promise.Amount = ByteString.CopyFrom(0); break;
            case "amount 2^128": promise.Amount = TwoTo128(); break;
            case "amount 2^256-1": promise.Amount = Bytes(32); break;
            case "total zero": promise.AgreementTotal = ByteString.Empty; break;
            case "total 2^128": promise.AgreementTotal = TwoTo128(); break;
            case "total zero and provider zero": (promise.AgreementTotal, promise.Provider) = (ByteString.Empty, Zero20); break;
            case "no signature": promise.Signature = ByteString.Empty; break;
            case "64 bytes of signature": promise.Signature = Cut(promise.Signature); break;
            case "66 bytes of signature": promise.Signature = Grow(promise.Signature); break;
            case "65 zeros of signature": promise.Signature = ByteString.CopyFrom(new byte[65]); break;
            case "v is 29": promise.Signature = Signatures.WithV29(promise.Signature); break;
            case "the wrong v": promise.Signature = Signatures.WithWrongV(promise.Signature); break;
            case "high s": promise.Signature = Signatures.WithHighS(promise.Signature); break;
            case "signed by somebody else": promise.Signature = Promises.Sign(TestKeys.Bob).Signature; break;
            case "amount raised": promise.Amount = Promises.Number(101); break;
            case "total raised": promise.AgreementTotal = Promises.Number(101); break;
            case "another agreement": promise.AgreementId = Promises.Number(2); break;
            case "another hashlock": promise.Hashlock = ByteString.CopyFrom(TestKeys.Word("another").ToArray()); break;
            case "consumer zero": promise.Consumer = Zero20; break;
            case "intercepted, under the thief's name":
                promise = Promises.Sign(TestKeys.Alice, provider: TestKeys.OtherProvider);
                promise.Provider = ByteString.CopyFrom(TestKeys.Provider.Address.ToArray());
                break;
            case "intercepted, as it was": return Promises.Sign(TestKeys.Alice, provider: TestKeys.OtherProvider);
            case "somebody else's cover": return Promises.SignCover(TestKeys.Alice, 100);
            case "amount zero and 31 bytes of hashlock":
                (promise.Amount, promise.Hashlock) = (ByteString.Empty, Cut(promise.Hashlock));
                break;
            case "amount zero and total with a leading zero":
                (promise.Amount, promise.AgreementTotal) = (ByteString.Empty, LeadingZero(promise.AgreementTotal));
                break;
            case "amount zero and v is 29":
                (promise.Amount, promise.Signature) = (ByteString.Empty, Signatures.WithV29(promise.Signature));
                break;
            case "another provider's and v is 29":
                promise = Promises.Sign(TestKeys.Alice, provider: TestKeys.OtherProvider);
                promise.Signature = Signatures.WithV29(promise.Signature);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(what));
        }
        return promise;
    }

    private static ByteString Cut(ByteString bytes) => ByteString.CopyFrom(bytes.Span[..^1]);

    private static ByteString Grow(ByteString bytes) => ByteString.CopyFrom([.. bytes, 1]);

    private static ByteString LeadingZero(ByteString number) => ByteString.CopyFrom([0, .. number]);

    private static ByteString Bytes(int count) => ByteString.CopyFrom(Enumerable.Repeat((byte)0xff, count).ToArray());

    private static ByteString TwoTo128() => ByteString.CopyFrom([1, .. new byte[16]]);
}

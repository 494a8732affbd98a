using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Recovery;

/// <summary>What providers bring back after a restore: verified before any channel hears of it, one reason per item.</summary>
public class EvidenceTests
{
    [Fact]
    public async Task The_accountants_promise_and_consumers_promises_reach_their_channels()
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        var response = await SubmitAsync(
            edge, TestKeys.Provider, Total(), Of(Promises.Sign(TestKeys.Alice)), Of(Promises.Sign(TestKeys.Bob)));

        Assert.Equal(Wire.RejectionReason.Unspecified, response.Total);
        Assert.Equal([Wire.RejectionReason.Unspecified, Wire.RejectionReason.Unspecified], response.Promises);
        var channel = ChannelId.OfProvider(TestKeys.Provider.Address, TestTerms.Terms.Accountant);
        var total = new ProviderPromise(channel, new Amount(500), Promises.Lock);
        Assert.Equal((TestKeys.Provider.Address, total, Promises.R), Assert.Single(edge.Evidence.Totals));
        Assert.Equal(
            new[] { Promises.ChannelOf(TestKeys.Alice), Promises.ChannelOf(TestKeys.Bob) }.Order(),
            edge.Evidence.Promises.Select(proven => proven.Promise.Channel).Order());
        Assert.All(edge.Evidence.Promises, proven => Assert.Equal(Promises.R, proven.R));
    }

    [Theory]
    [InlineData(RejectionReason.AlreadyCovered)]
    [InlineData(RejectionReason.Overspend)]
    [InlineData(RejectionReason.UnknownChannel)]
    [InlineData(RejectionReason.OutcomeUnknown)]
    public async Task What_the_channels_say_is_the_answer(RejectionReason says)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Evidence.Says = says;

        var response = await SubmitAsync(edge, TestKeys.Provider, Total(), Of(Promises.Sign(TestKeys.Alice)));

        Assert.Equal((says, says), ((RejectionReason)response.Total, (RejectionReason)response.Promises.Single()));
    }

    public static TheoryData<string, string> BadTotals => new()
    {
        { "no promise", "MALFORMED" },
        { "no hashlock", "MALFORMED" },
        { "no R", "MALFORMED" },
        { "no amount", "AMOUNT_OUT_OF_RANGE" },
        { "no signature", "INVALID_SIGNATURE" },
        { "foreign key", "INVALID_SIGNATURE" },
        { "another amount", "INVALID_SIGNATURE" },
        { "another provider's", "INVALID_SIGNATURE" },
        { "another R", "UNKNOWN_HASHLOCK" },
    };

    [Theory]
    [MemberData(nameof(BadTotals))]
    public async Task A_total_that_is_none_is_refused_by_name_and_hurts_no_neighbour(string what, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var total = what switch
        {
            "foreign key" => Total(signer: TestKeys.OtherProvider),
            "another provider's" => Total(provider: TestKeys.OtherProvider),
            _ => Total(),
        };
        if (what == "no hashlock") total.Promise.Hashlock = ByteString.Empty;
        if (what == "no R") total.R = ByteString.Empty;
        if (what == "no amount") total.Promise.Amount = ByteString.Empty;
        if (what == "no signature") total.Promise.Signature = ByteString.Empty;
        if (what == "another amount") total.Promise.Amount = Promises.Number(501);
        if (what == "another R") total.R = Word("another R");
        if (what == "no promise") total.Promise = null;

        var response = await SubmitAsync(edge, TestKeys.Provider, total, Of(Promises.Sign(TestKeys.Alice)));

        Assert.Equal(reason, ((RejectionReason)response.Total).ToName());
        Assert.Equal(Wire.RejectionReason.Unspecified, response.Promises.Single());
        Assert.Empty(edge.Evidence.Totals);
        Assert.Single(edge.Evidence.Promises);
    }

    [Fact]
    public async Task While_the_chain_does_not_say_who_an_operator_is_the_outcome_of_a_total_is_unknown()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Evidence.HasChain = false;

        var response = await SubmitAsync(edge, TestKeys.Provider, Total(), Of(Promises.Sign(TestKeys.Alice)));

        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, response.Total);
        Assert.Equal(Wire.RejectionReason.Unspecified, response.Promises.Single());
        Assert.Empty(edge.Evidence.Totals);
    }

    public static TheoryData<string, string> BadPromises => new()
    {
        { "no promise", "MALFORMED" },
        { "no consumer", "MALFORMED" },
        { "no R", "MALFORMED" },
        { "another R", "UNKNOWN_HASHLOCK" },
        { "no amount", "AMOUNT_OUT_OF_RANGE" },
        { "another amount", "INVALID_SIGNATURE" },
        { "another consumer's", "INVALID_SIGNATURE" },
        { "high s", "INVALID_SIGNATURE" },
        { "to another provider", "WRONG_PROVIDER" },
        { "a cover of somebody else", "WRONG_PROVIDER" },
    };

    [Theory]
    [MemberData(nameof(BadPromises))]
    public async Task A_promise_that_is_no_evidence_is_refused_by_name_and_hurts_no_neighbour(string what, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var bad = Of(what switch
        {
            "to another provider" => Promises.Sign(TestKeys.Alice, provider: TestKeys.OtherProvider),
            "a cover of somebody else" => Promises.SignCover(TestKeys.Alice, 100),
            _ => Promises.Sign(TestKeys.Alice),
        });
        if (what == "no consumer") bad.Promise.Consumer = ByteString.Empty;
        if (what == "no R") bad.R = ByteString.CopyFrom(new byte[31]);
        if (what == "another R") bad.R = Word("another R");
        if (what == "no amount") bad.Promise.Amount = ByteString.Empty;
        if (what == "another amount") bad.Promise.Amount = Promises.Number(101);
        if (what == "another consumer's") bad.Promise.Consumer = ByteString.CopyFrom(TestKeys.Bob.Address.ToArray());
        if (what == "high s") bad.Promise.Signature = Signatures.WithHighS(bad.Promise.Signature);
        if (what == "no promise") bad.Promise = null;

        var response = await SubmitAsync(
            edge, TestKeys.Provider, null, Of(Promises.Sign(TestKeys.Bob)), bad, Of(Promises.Sign(TestKeys.Alice)));

        Assert.Equal(
            ["NONE", reason, "NONE"],
            response.Promises.Select(said => said == Wire.RejectionReason.Unspecified ? "NONE" : ((RejectionReason)said).ToName()));
        Assert.Equal(2, edge.Evidence.Promises.Count);
        Assert.Equal(Wire.RejectionReason.Unspecified, response.Total);
    }

    [Fact]
    public async Task A_consumer_brings_its_own_cover()
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        var response = await SubmitAsync(edge, TestKeys.Alice, null, Of(Promises.SignCover(TestKeys.Alice, 100)));

        Assert.Equal(Wire.RejectionReason.Unspecified, response.Promises.Single());
        Assert.True(Assert.Single(edge.Evidence.Promises).Promise.IsCover);
    }

    [Fact]
    public async Task Without_the_identitys_signature_nothing_is_taken()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var session = await edge.SignUnaryAsync(TestKeys.OtherProvider);
        session.Provider = ByteString.CopyFrom(TestKeys.Provider.Address.ToArray());

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await edge.Recovery.SubmitEvidenceAsync(new() { Session = session, Total = Total() }, cancellationToken: edge.Patience));

        StreamUnderTest.AssertRefused(exception, StatusCode.Unauthenticated, "UNAUTHENTICATED");
        Assert.Empty(edge.Evidence.Totals);
    }

    [Fact]
    public async Task More_than_the_limit_is_refused_as_a_whole_before_anything_is_verified()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { PromisesPerBatch = 2 });

        var response = await SubmitAsync(
            edge, TestKeys.Provider, Total(), [.. Enumerable.Repeat(Of(Promises.Sign(TestKeys.Alice)), 3)]);

        Assert.Equal(Wire.RejectionReason.LimitExceeded, response.Total);
        Assert.Equal(Enumerable.Repeat(Wire.RejectionReason.LimitExceeded, 3), response.Promises);
        Assert.Empty(edge.Evidence.Totals);
        Assert.Empty(edge.Evidence.Promises);
    }

    [Fact]
    public async Task A_full_call_is_read()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var longest = Of(Promises.Sign(TestKeys.Alice, UInt128.MaxValue, new Agreement(
            TestKeys.Provider.Address, new AgreementId(Bytes32.FromUInt128(UInt128.MaxValue)), Amount.MaxValue)));

        var response = await SubmitAsync(edge, TestKeys.Provider, Total(), [.. Enumerable.Repeat(longest, 256)]);

        Assert.Equal(256, response.Promises.Count(said => said == Wire.RejectionReason.Unspecified));
    }

    [Fact]
    public async Task Junk_counts_against_whoever_brings_it_and_is_refused_unread_after_a_while()
    {
        var limits = new EdgeLimits { BadPromisesPerIdentity = 4, BadPromisesForgivenPerSecond = 1 };
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        var bad = Of(Promises.Sign(TestKeys.Alice));
        bad.R = Word("another R");
        await SubmitAsync(edge, TestKeys.Provider, Total(signer: TestKeys.Provider), [.. Enumerable.Repeat(bad, 100)]);

        var refused = await SubmitAsync(edge, TestKeys.Provider, Total());
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var batch = await stream.ExchangeAsync(1, Promises.Sign(TestKeys.Alice));
        var other = await SubmitAsync(edge, TestKeys.OtherProvider, Total(provider: TestKeys.OtherProvider));

        Assert.Equal(Wire.RejectionReason.LimitExceeded, refused.Total);
        Assert.Equal(Wire.RejectionReason.LimitExceeded, batch.Reason);
        Assert.Equal(Wire.RejectionReason.Unspecified, other.Total);
    }

    [Fact]
    public async Task Calls_above_the_limit_are_overloaded_and_may_come_again()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { EvidenceCalls = 1 });
        var release = new TaskCompletionSource();
        edge.Evidence.Before = () => release.Task;
        var first = SubmitAsync(edge, TestKeys.Provider, Total());
        await edge.EventuallyAsync(() => edge.Evidence.Totals.Count == 1);

        var second = await SubmitAsync(edge, TestKeys.OtherProvider, Total(provider: TestKeys.OtherProvider));
        release.SetResult();

        Assert.Equal(Wire.RejectionReason.Overloaded, second.Total);
        Assert.Equal(Wire.RejectionReason.Unspecified, (await first).Total);
        Assert.Equal(
            Wire.RejectionReason.Unspecified,
            (await SubmitAsync(edge, TestKeys.OtherProvider, Total(provider: TestKeys.OtherProvider))).Total);
    }

    [Fact]
    public async Task A_fault_behind_the_seam_leaves_the_outcome_unknown()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Evidence.Before = () => throw new InvalidOperationException("a fault");

        var response = await SubmitAsync(edge, TestKeys.Provider, Total(), Of(Promises.Sign(TestKeys.Alice)));

        Assert.Equal(
            [Wire.RejectionReason.OutcomeUnknown, Wire.RejectionReason.OutcomeUnknown], response.Promises.Prepend(response.Total));
    }

    private static async Task<Wire.SubmitEvidenceResponse> SubmitAsync(
        EdgeUnderTest edge, PrivateKey identity, Wire.ProviderEvidence? total, params Wire.ConsumerEvidence[] promises)
    {
        var session = await edge.SignUnaryAsync(identity);
        var request = new Wire.SubmitEvidenceRequest { Session = session, Total = total, Promises = { promises } };
        return await edge.Recovery.SubmitEvidenceAsync(request, cancellationToken: edge.Patience);
    }

    private static Wire.ConsumerEvidence Of(Wire.ConsumerPromise promise) => new() { Promise = promise, R = Word("R") };

    private static ByteString Word(string name) => ByteString.CopyFrom(TestKeys.Word(name).ToArray());

    private static Wire.ProviderEvidence Total(PrivateKey? provider = null, PrivateKey? signer = null)
    {
        var channel = ChannelId.OfProvider((provider ?? TestKeys.Provider).Address, TestTerms.Terms.Accountant);
        var digest = TestTerms.Domain.Digest(new ProviderPromise(channel, new Amount(500), Promises.Lock));
        return new Wire.ProviderEvidence
        {
            Promise = new Wire.ProviderPromise
            {
                Amount = Promises.Number(500),
                Hashlock = ByteString.CopyFrom(Promises.Lock.Value.ToArray()),
                Signature = ByteString.CopyFrom(Curve.Default.Sign(digest, signer ?? TestKeys.Operator).ToArray()),
            },
            R = Word("R"),
        };
    }
}

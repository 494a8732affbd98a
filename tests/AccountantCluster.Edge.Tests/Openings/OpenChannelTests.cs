using AccountantCluster.Channels;
using AccountantCluster.Cluster;
using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Openings;

/// <summary>
/// Registrations that are handed in before they are mined: whoever brings them, they are the identity's, for this accountant, can be mined
/// in time, and there are tokens to pay for them; only then a channel hears of them.
/// </summary>
public class OpenChannelTests
{
    private const long Hour = 3_600;

    [Fact]
    public async Task A_good_registration_is_held_by_the_channel_of_its_identity()
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        var response = await AskAsync(edge, Request(edge, fee: 3));

        Assert.Equal((Wire.RejectionReason.Unspecified, Promises.Number(50)), (response.Reason, response.Spendable));
        var (channel, opening) = Assert.Single(edge.Openings.Held);
        Assert.Equal(Promises.ChannelOf(TestKeys.Alice), channel);
        Assert.Equal(
            (TestKeys.Alice.Address, TestTerms.Terms.Accountant, new Amount(3), TestKeys.Bob.Address, new Amount(10)),
            (opening.Registration.Identity, opening.Registration.Accountant, opening.Registration.Fee,
                opening.Registration.TransactionMaker, opening.Cost));
        Assert.True(
            Curve.Default.TryRecover(TestTerms.RegistryDomain.Digest(opening.Registration), opening.Signature, out var signer)
            && signer == TestKeys.Alice.Address);
    }

    [Fact]
    public async Task The_same_again_is_handed_on_again_and_answered_the_same()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = Request(edge);
        var responses = new List<Wire.OpenChannelResponse>();
        for (var i = 0; i < 3; i++) responses.Add(await AskAsync(edge, request));

        Assert.Single(responses.Distinct());
        Assert.Single(edge.Openings.Held.Distinct());
        Assert.Equal(3, edge.Openings.Held.Count);
    }

    [Theory]
    [InlineData(RejectionReason.AlreadyCovered)]
    [InlineData(RejectionReason.ChannelFrozen)]
    [InlineData(RejectionReason.OutcomeUnknown)]
    public async Task What_the_channel_says_is_the_answer(RejectionReason says)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Openings.Says = new OpeningAnswer(says, Amount.Zero);

        var response = await AskAsync(edge, Request(edge));

        Assert.Equal((says, ByteString.Empty), ((RejectionReason)response.Reason, response.Spendable));
    }

    public static TheoryData<string, string> BadRequests => new()
    {
        { "nothing at all", "MALFORMED" },
        { "no identity", "MALFORMED" },
        { "no accountant", "MALFORMED" },
        { "no beneficiary", "MALFORMED" },
        { "no transaction maker", "MALFORMED" },
        { "another accountant", "UNKNOWN_CHANNEL" },
        { "a loan", "AMOUNT_OUT_OF_RANGE" },
        { "a fee above all", "AMOUNT_OUT_OF_RANGE" },
        { "a fee for nobody", "MALFORMED" },
        { "no signature", "INVALID_SIGNATURE" },
        { "another fee", "INVALID_SIGNATURE" },
        { "another deadline", "INVALID_SIGNATURE" },
        { "another beneficiary", "INVALID_SIGNATURE" },
        { "another's signature", "INVALID_SIGNATURE" },
        { "signed for the accountant's domain", "INVALID_SIGNATURE" },
        { "expired", "MALFORMED" },
        { "soon expired", "MALFORMED" },
        { "deadline too far ahead", "LIMIT_EXCEEDED" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_registration_that_is_none_is_refused_by_name_and_nobody_is_asked(string what, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = what switch
        {
            "nothing at all" => new Wire.OpenChannelRequest(),
            "another accountant" => Request(edge, accountant: TestTerms.Terms.Registry),
            "a loan" => Request(edge, loan: 1),
            "a fee for nobody" => Request(edge, fee: 3, maker: default(Address)),
            "another's signature" => Request(edge, signer: TestKeys.Bob),
            "signed for the accountant's domain" => Request(edge, domain: TestTerms.Domain),
            "expired" => Request(edge, ahead: -2),
            "soon expired" => Request(edge, ahead: (long)TestTerms.Terms.Opening.MinimumSeconds - 2),
            "deadline too far ahead" => Request(edge, ahead: (long)ChannelLimits.OpeningSeconds + 60),
            _ => Request(edge),
        };
        if (what == "no identity") request.Identity = ByteString.Empty;
        if (what == "no accountant") request.Accountant = ByteString.Empty;
        if (what == "no beneficiary") request.Beneficiary = ByteString.Empty;
        if (what == "no transaction maker") request.TransactionMaker = ByteString.Empty;
        if (what == "no signature") request.Signature = ByteString.Empty;
        if (what == "a fee above all") request.Fee = ByteString.CopyFrom([1, .. new byte[16]]);
        if (what == "another fee") (request.Fee, request.TransactionMaker) = (Promises.Number(1), Bytes(TestKeys.Bob.Address));
        if (what == "another deadline") request.Deadline++;
        if (what == "another beneficiary") request.Beneficiary = Bytes(TestKeys.Bob.Address);

        var response = await AskAsync(edge, request);

        Assert.Equal((reason, ByteString.Empty), (((RejectionReason)response.Reason).ToName(), response.Spendable));
        Assert.Equal((0, 0), (edge.Openings.Looks, edge.Openings.Held.Count));
    }

    [Theory]
    [InlineData(0, "OVERSPEND")]
    [InlineData(10, "OVERSPEND")]
    [InlineData(11, null)]
    public async Task Without_tokens_beyond_its_cost_nothing_is_stored(int tokens, string? reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Openings.Tokens = new Amount((UInt128)tokens);

        var response = await AskAsync(edge, Request(edge, fee: 3));

        Assert.Equal(reason, response.Reason == Wire.RejectionReason.Unspecified ? null : ((RejectionReason)response.Reason).ToName());
        Assert.Equal(reason is null ? 1 : 0, edge.Openings.Held.Count);
    }

    [Fact]
    public async Task A_channel_that_was_just_mined_is_no_reason_to_refuse()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Openings.Tokens = null;
        Assert.Equal(Wire.RejectionReason.Unspecified, (await AskAsync(edge, Request(edge))).Reason);
        Assert.Single(edge.Openings.Held);
    }

    [Fact]
    public async Task An_accountant_that_risks_nothing_says_so_in_its_terms_and_takes_none()
    {
        await using var off = await EdgeUnderTest.StartAsync(terms: TestTerms.Terms with { Opening = OpeningPolicy.Off });
        Assert.Equal(Wire.RejectionReason.LimitExceeded, (await AskAsync(off, Request(off))).Reason);
        Assert.Equal(ByteString.Empty, (await off.Client.GetTermsAsync(new(), cancellationToken: off.Patience)).Terms.OpeningLimit);
        await using var on = await EdgeUnderTest.StartAsync();
        Assert.Equal(Promises.Number(50), (await on.Client.GetTermsAsync(new(), cancellationToken: on.Patience)).Terms.OpeningLimit);
    }

    [Fact]
    public async Task Strangers_ask_the_chain_so_often_and_no_more()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { OpeningsPerMinute = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal(Wire.RejectionReason.Unspecified, (await AskAsync(edge, Request(edge))).Reason);
        Assert.Equal(Wire.RejectionReason.Overloaded, (await AskAsync(edge, Request(edge))).Reason);
        // A bad signature takes nobody's place.
        Assert.Equal(Wire.RejectionReason.InvalidSignature, (await AskAsync(edge, Request(edge, signer: TestKeys.Bob))).Reason);
        Assert.Equal(3, edge.Openings.Looks);

        edge.Time.Ahead += TimeSpan.FromSeconds(21);
        Assert.Equal(Wire.RejectionReason.Unspecified, (await AskAsync(edge, Request(edge))).Reason);
    }

    [Fact]
    public async Task A_few_are_at_work_at_once_and_the_others_are_told()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { OpeningCalls = 2 });
        var chain = new TaskCompletionSource();
        edge.Openings.Waits = chain.Task;
        var working = new[] { AskAsync(edge, Request(edge)), AskAsync(edge, Request(edge)) };
        await edge.EventuallyAsync(() => edge.Openings.Looks == 2);

        Assert.Equal(Wire.RejectionReason.Overloaded, (await AskAsync(edge, Request(edge))).Reason);
        chain.SetResult();
        Assert.All(await Task.WhenAll(working), response => Assert.Equal(Wire.RejectionReason.Unspecified, response.Reason));
        Assert.Equal(Wire.RejectionReason.Unspecified, (await AskAsync(edge, Request(edge))).Reason);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_stores_nothing_and_is_asked_again()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Openings.IsChainAway = true;
        Assert.Equal(Wire.RejectionReason.Overloaded, (await AskAsync(edge, Request(edge))).Reason);
        Assert.Empty(edge.Openings.Held);
    }

    [Fact]
    public async Task A_fault_behind_the_seam_leaves_the_outcome_unknown()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Openings.Fault = new InvalidOperationException("a fault");
        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, (await AskAsync(edge, Request(edge))).Reason);
    }

    [Fact]
    public async Task One_that_is_too_large_is_refused_by_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = Request(edge);
        request.Beneficiary = ByteString.CopyFrom(new byte[new EdgeLimits().MessageBytes]);

        var exception = await Assert.ThrowsAsync<RpcException>(() => AskAsync(edge, request));

        StreamUnderTest.AssertRefused(exception, StatusCode.ResourceExhausted, "LIMIT_EXCEEDED");
        Assert.Empty(edge.Openings.Held);
    }

    private static async Task<Wire.OpenChannelResponse> AskAsync(EdgeUnderTest edge, Wire.OpenChannelRequest request) =>
        await edge.OpeningClient.OpenChannelAsync(request, cancellationToken: edge.Patience);

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());

    private static ByteString Number(UInt128 number) => number == 0 ? ByteString.Empty : Promises.Number((ulong)number);

    private static Wire.OpenChannelRequest Request(
        EdgeUnderTest edge,
        PrivateKey? signer = null,
        long ahead = Hour,
        UInt128 loan = default,
        UInt128 fee = default,
        Address? accountant = null,
        Address? maker = null,
        AccountantDomain? domain = null)
    {
        var message = new RegisterIdentity(
            TestKeys.Alice.Address,
            accountant ?? TestTerms.Terms.Accountant,
            new Amount(loan),
            Address.Zero,
            new Amount(fee),
            maker ?? (fee == 0 ? Address.Zero : TestKeys.Bob.Address),
            (ulong)(edge.Time.GetUtcNow().ToUnixTimeSeconds() + ahead));
        var signature = Curve.Default.Sign((domain ?? TestTerms.RegistryDomain).Digest(message), signer ?? TestKeys.Alice);
        return new Wire.OpenChannelRequest
        {
            Identity = Bytes(message.Identity),
            Accountant = Bytes(message.Accountant),
            Loan = Number(loan),
            Beneficiary = Bytes(message.Beneficiary),
            Fee = Number(fee),
            TransactionMaker = Bytes(message.TransactionMaker),
            Deadline = message.Deadline,
            Signature = ByteString.CopyFrom(signature.ToArray()),
        };
    }
}

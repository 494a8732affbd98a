using AccountantCluster.Channels;
using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Exits;

/// <summary>Exits that the operator is asked to sign: the caller's own, signed by the caller, within bounds.</summary>
public class ConsentTests
{
    private static readonly Address Beneficiary = TestKeys.Bob.Address;

    [Fact]
    public async Task A_consumers_own_exit_is_answered_with_the_operators_signature()
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        var response = await AskAsync(edge, TestKeys.Alice, Request(edge));

        Assert.Equal(Wire.RejectionReason.Unspecified, response.Reason);
        var (channel, consent) = Assert.Single(edge.Exits.Asked);
        Assert.Equal(Promises.ChannelOf(TestKeys.Alice), channel);
        Assert.Equal((Beneficiary, new Amount(700), 3UL), (consent.Beneficiary, consent.Amount, consent.Nonce));
        Assert.True(Signature.TryParse(response.Signature.Span, out var signature));
        Assert.True(Curve.Default.TryRecover(TestTerms.Domain.Digest(consent.For(channel)), signature, out var signer));
        Assert.Equal(TestKeys.Operator.Address, signer);
    }

    [Theory]
    [InlineData(RejectionReason.Overspend)]
    [InlineData(RejectionReason.ChannelExiting)]
    [InlineData(RejectionReason.UnknownChannel)]
    [InlineData(RejectionReason.OutcomeUnknown)]
    public async Task What_the_channel_says_is_the_answer(RejectionReason says)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Exits.Says = says;

        var response = await AskAsync(edge, TestKeys.Alice, Request(edge));

        Assert.Equal((says, ByteString.Empty), ((RejectionReason)response.Reason, response.Signature));
    }

    public static TheoryData<string, string> BadRequests => new()
    {
        { "no beneficiary", "MALFORMED" },
        { "beneficiary zero", "MALFORMED" },
        { "no amount", "AMOUNT_OUT_OF_RANGE" },
        { "no signature", "INVALID_SIGNATURE" },
        { "another amount", "INVALID_SIGNATURE" },
        { "another nonce", "INVALID_SIGNATURE" },
        { "another consumer's", "INVALID_SIGNATURE" },
        { "deadline passed", "MALFORMED" },
        { "deadline too far ahead", "LIMIT_EXCEEDED" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task An_exit_that_is_none_is_refused_by_name_and_the_operator_is_not_asked(string what, string reason)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = what switch
        {
            "another consumer's" => Request(edge, signer: TestKeys.Bob),
            "deadline passed" => Request(edge, ahead: -2),
            "deadline too far ahead" => Request(edge, ahead: (long)ChannelLimits.ConsentSeconds + 60),
            "beneficiary zero" => Request(edge, beneficiary: default(Address)),
            _ => Request(edge),
        };
        if (what == "no beneficiary") request.Beneficiary = ByteString.Empty;
        if (what == "no amount") request.Amount = ByteString.Empty;
        if (what == "no signature") request.Signature = ByteString.Empty;
        if (what == "another amount") request.Amount = Promises.Number(701);
        if (what == "another nonce") request.Nonce = 4;

        var response = await AskAsync(edge, TestKeys.Alice, request);

        Assert.Equal((reason, ByteString.Empty), (((RejectionReason)response.Reason).ToName(), response.Signature));
        Assert.Empty(edge.Exits.Asked);
    }

    [Fact]
    public async Task Without_the_identitys_session_the_operator_is_not_asked()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var request = Request(edge);
        request.Session = await edge.SignUnaryAsync(TestKeys.Bob);
        request.Session.Provider = ByteString.CopyFrom(TestKeys.Alice.Address.ToArray());

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await edge.ExitClient.ConsentToExitAsync(request, cancellationToken: edge.Patience));

        StreamUnderTest.AssertRefused(exception, StatusCode.Unauthenticated, "UNAUTHENTICATED");
        Assert.Empty(edge.Exits.Asked);
    }

    [Fact]
    public async Task Junk_is_refused_unread_after_a_while()
    {
        var limits = new EdgeLimits { BadPromisesPerIdentity = 2, BadPromisesForgivenPerSecond = 1 };
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        var reasons = new HashSet<Wire.RejectionReason>();
        for (var i = 0; i < 20; i++) reasons.Add((await AskAsync(edge, TestKeys.Alice, new Wire.ConsentToExitRequest())).Reason);

        Assert.Equal([Wire.RejectionReason.Malformed, Wire.RejectionReason.LimitExceeded], reasons);
        Assert.Empty(edge.Exits.Asked);
    }

    [Fact]
    public async Task A_fault_behind_the_seam_leaves_the_outcome_unknown()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Exits.Fault = new InvalidOperationException("a fault");

        Assert.Equal(Wire.RejectionReason.OutcomeUnknown, (await AskAsync(edge, TestKeys.Alice, Request(edge))).Reason);
    }

    private static async Task<Wire.ConsentToExitResponse> AskAsync(
        EdgeUnderTest edge, PrivateKey identity, Wire.ConsentToExitRequest request)
    {
        request.Session = await edge.SignUnaryAsync(identity);
        return await edge.ExitClient.ConsentToExitAsync(request, cancellationToken: edge.Patience);
    }

    private static Wire.ConsentToExitRequest Request(
        EdgeUnderTest edge, PrivateKey? signer = null, long ahead = 3_600, Address? beneficiary = null)
    {
        var deadline = (ulong)(edge.Time.GetUtcNow().ToUnixTimeSeconds() + ahead);
        var message = new ConsentExit(
            ChannelId.OfConsumer(Promises.ChannelOf(TestKeys.Alice)), beneficiary ?? Beneficiary, new Amount(700), Nonce: 3, deadline);
        return new Wire.ConsentToExitRequest
        {
            Beneficiary = ByteString.CopyFrom(message.Beneficiary.ToArray()),
            Amount = Promises.Number(700),
            Nonce = message.Nonce,
            Deadline = deadline,
            Signature = ByteString.CopyFrom(Curve.Default.Sign(TestTerms.Domain.Digest(message), signer ?? TestKeys.Alice).ToArray()),
        };
    }
}

using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>Bad items in well-formed batches: each is refused by name, over the stream and over the unary call, and the stream stays open.</summary>
[Collection(HostileGroup.Name)]
public sealed class HostileInputTests(HostileScene scene)
{
    private const ulong RequestId = 4_711;

    public static TheoryData<string> BadPromises => [.. BadPromise.All.Keys];

    [Theory]
    [MemberData(nameof(BadPromises))]
    public async Task ABadPromiseIsRefusedByNameAndStoresNothing(string what)
    {
        var bad = BadPromise.All[what];
        var batch = new Wire.Batch { RequestId = RequestId };
        batch.Promises.Add(bad.Make(scene));

        var answer = await scene.Stream.ExchangeAsync(batch);
        Assert.Equal(RequestId, answer.RequestId);
        Assert.Equal((Wire.RejectionReason)bad.Reason, Assert.Single(answer.Promises).Reason);
        Assert.Equal((Wire.RejectionReason)bad.Reason, Assert.Single((await scene.ExchangeAsync(batch)).Promises).Reason);
        await scene.MustBeUnmovedAsync();
    }

    [Fact]
    public async Task APromiseThatWasCoveredIsASuccessThatStoresNothing()
    {
        var batch = new Wire.Batch { RequestId = RequestId };
        batch.Promises.Add(HandSigned.Promise(scene.Network.Chain.Profile, scene.Known, scene.Provider.Identity, scene.Hashlock, 100, 100, agreement: 1));

        var answer = await scene.Stream.ExchangeAsync(batch);
        Assert.Equal(Wire.RejectionReason.AlreadyCovered, Assert.Single(answer.Promises).Reason);
        Assert.NotNull(answer.Promise);
        await scene.MustBeUnmovedAsync();
    }

    [Fact]
    public async Task ARevealOfNothingIsRefusedByName()
    {
        var batch = new Wire.Batch { RequestId = RequestId };
        batch.Reveals.Add(ByteString.CopyFrom(new byte[31]));
        batch.Reveals.Add(ByteString.CopyFrom(Keccak256.Hash("nobody's R"u8).ToArray()));

        var answer = await scene.Stream.ExchangeAsync(batch);
        Assert.Equal([Wire.RejectionReason.Malformed, Wire.RejectionReason.UnknownHashlock], answer.Reveals);
        await scene.MustBeUnmovedAsync();
    }

    public static TheoryData<string> BadBatches => [.. WholeBatches.Keys];

    private static IReadOnlyDictionary<string, (Action<Wire.Batch> Spoil, Wire.RejectionReason Reason)> WholeBatches { get; } =
        new Dictionary<string, (Action<Wire.Batch>, Wire.RejectionReason)>
        {
            ["a hashlock of 31 bytes"] = (batch => batch.Hashlock = ByteString.CopyFrom(new byte[31]), Wire.RejectionReason.Malformed),
            ["a window beyond the chain"] = (batch => batch.Position = new Wire.ChainPosition { Window = 65_536 }, Wire.RejectionReason.Malformed),
            ["257 promises"] = (batch => batch.Promises.AddRange(Enumerable.Repeat(batch.Promises[0], 256)), Wire.RejectionReason.LimitExceeded),
            ["65 reveals"] =
                (batch => batch.Reveals.AddRange(Enumerable.Repeat(ByteString.CopyFrom(new byte[32]), 65)), Wire.RejectionReason.LimitExceeded),
        };

    [Theory]
    [MemberData(nameof(BadBatches))]
    public async Task ABadBatchIsRefusedAsAWholeByName(string what)
    {
        var (spoil, reason) = WholeBatches[what];
        var batch = new Wire.Batch { RequestId = RequestId };
        batch.Promises.Add(scene.Promise(scene.Known, amount: 200, total: 100));
        spoil(batch);

        var answer = await scene.Stream.ExchangeAsync(batch);
        Assert.Equal(reason, answer.Reason);
        Assert.Null(answer.Promise);
        Assert.Equal(batch.Promises.Count, answer.Promises.Count);
        Assert.All(answer.Promises, result => Assert.Equal(reason, result.Reason));
        await scene.MustBeUnmovedAsync();
    }
}

using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Hostile;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AccountantCluster.EndToEnd.Tests.DoubleSpend;

/// <summary>
/// One of many providers to whom the same consumer promises the same money: promises whose amounts ignore what the others were promised,
/// several batches under way at once. R is revealed first, so that nothing but the money itself can be the reason of a refusal.
/// </summary>
internal sealed class StormProvider(LiveNetwork network, GrpcChannel connection, DemoConsumer consumer, Dice dice) : IDisposable
{
    private const int PromisesPerBatch = 10;
    private const int BatchesUnderWay = 4;
    private const int LargestPayment = 1_000;
    private const int OneHighOf = 20;
    private const int MaxAttempts = 20;

    private readonly Dictionary<Wire.RejectionReason, int> _reasons = [];
    private readonly Preimage _r = new(Keccak256.Hash(Guid.NewGuid().ToByteArray()));
    private ulong _total;

    public DemoParty Party { get; } = new("storm provider", network.Chain.Profile);

    /// <summary>How often each reason was given; Unspecified: accepted.</summary>
    public IReadOnlyDictionary<Wire.RejectionReason, int> Reasons => _reasons;

    /// <summary>Sum of what was accepted, by the accountant's own answers.</summary>
    public UInt128 Credited { get; private set; }

    /// <summary>The highest total that the accountant has signed.</summary>
    public UInt128 Signed { get; private set; }

    public async Task RunAsync(int promises)
    {
        await using var stream = await OpenAsync();
        var waiting = new Queue<Wire.Batch>(Enumerable.Range(1, promises / PromisesPerBatch).Select(NewBatch));
        var underWay = new Dictionary<ulong, (Wire.Batch Batch, int Attempt)>();
        while (waiting.Count > 0 || underWay.Count > 0)
        {
            while (underWay.Count < BatchesUnderWay && waiting.TryDequeue(out var batch))
            {
                underWay.Add(batch.RequestId, (batch, 1));
                await stream.SendAsync(batch);
            }
            var answer = (await stream.ReadAsync()).Answer;
            Assert.True(underWay.Remove(answer.RequestId, out var asked));
            if (answer.Promise is { } promise) Signed = UInt128.Max(Signed, Number(promise.Amount));
            if (IsUnknown(answer.Reason) || answer.Promises.Any(result => IsUnknown(result.Reason)))
            {
                // What was accepted already is covered the next time: it is counted from the journal, not here.
                Assert.True(asked.Attempt < MaxAttempts, $"{Party.Name} is never answered: {answer.Reason}.");
                underWay.Add(answer.RequestId, (asked.Batch, asked.Attempt + 1));
                await stream.SendAsync(asked.Batch);
                continue;
            }
            foreach (var result in answer.Promises)
            {
                _reasons[result.Reason] = _reasons.GetValueOrDefault(result.Reason) + 1;
                Credited += Number(result.Credited);
            }
        }
    }

    public void Dispose() => Party.Dispose();

    // A hundred sessions open at once: a slow machine does not know of every channel in time.
    private async Task<RawStream> OpenAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await network.OpenStreamAsync(Party.Key, connection);
            }
            catch (RpcException problem) when (problem.StatusCode == StatusCode.Unavailable && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private Wire.Batch NewBatch(int number)
    {
        var batch = new Wire.Batch { RequestId = (ulong)number, Hashlock = ByteString.CopyFrom(_r.ToHashlock().Value.ToArray()) };
        batch.Reveals.Add(ByteString.CopyFrom(_r.Value.ToArray()));
        for (var i = 0; i < PromisesPerBatch; i++)
        {
            _total += 1 + (ulong)dice.Roll(LargestPayment);
            // Enough if nobody else were paid; now and then up to the deposit, or beyond it.
            var amount = _total + (dice.Roll(OneHighOf) == 0 ? (ulong)dice.Roll((int)(consumer.Deposit.Units * 11 / 10)) : 0);
            batch.Promises.Add(HandSigned.Promise(
                network.Chain.Profile, consumer.Party.Key, Party.Identity, _r.ToHashlock(), amount, _total, agreement: 1));
        }
        return batch;
    }

    private static UInt128 Number(ByteString bytes) => bytes.Aggregate(UInt128.Zero, (number, next) => (number << 8) | next);

    private static bool IsUnknown(Wire.RejectionReason reason) =>
        reason is Wire.RejectionReason.OutcomeUnknown or Wire.RejectionReason.Overloaded;
}

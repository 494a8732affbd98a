using System.Security.Cryptography;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Core;

namespace AccountantCluster.EndToEnd.Tests.Exchange;

/// <summary>
/// A provider without the SDK: two batches at a time over one stream, window after window. What is not answered is handed in again as it
/// was, byte by byte, over the next stream; now and then what was answered is, too.
/// </summary>
internal sealed class RawProvider(LiveNetwork network, int number, IReadOnlyList<DemoConsumer> consumers, Recorder recorder, Dice dice)
    : IAsyncDisposable
{
    private const int BatchesAtOnce = 2;
    private const int LargestBatch = 4;
    private const int LargestPayment = 1_000;
    private const int RepeatsOneWindowOf = 4;

    // The accountant forgets the Rs of windows further back than 16 (ProtocolLimits.HashSteps).
    private const int RepeatsFromTheLast = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly AgreementId Agreement = AgreementId.From(1);

    private readonly Dictionary<Address, Amount> _totals = [];
    private readonly List<ExchangeBatch> _answered = [];
    private RawStream? _stream;
    private ulong _requestId;

    // The highest total that the accountant has signed.
    private Amount _held;

    /// <summary>Who it is.</summary>
    public DemoParty Party { get; } = new($"raw provider {number}", network.Chain.Profile);

    /// <summary>What its agreements come to, all of it answered.</summary>
    public Amount Gross { get; private set; }

    /// <summary>Its share of that: the accountant's fee is rounded down.</summary>
    public Amount Owed => Gross - DemoFee.On(Gross);

    /// <summary>Is paid until <paramref name="stop"/>; a window that has begun is brought to its end, and its R is revealed.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var chain = HashChain.Derive(
            RandomNumberGenerator.GetBytes(HashChain.MinimumSecretLength),
            network.Chain.Profile.ChainId, network.Chain.Profile.Accountant, Party.Identity, instance: 1);
        uint window = 0;
        for (; !stop.IsCancellationRequested; window++)
        {
            var batches = Enumerable.Range(0, BatchesAtOnce).Select(_ => NewBatch(chain, window)).ToList();
            if (_answered.Count > 0 && dice.Roll(RepeatsOneWindowOf) == 0)
                batches.Add(_answered[^(1 + dice.Roll(Math.Min(RepeatsFromTheLast, _answered.Count)))]);
            await HandInAsync(batches, abort);
            Assert.True(
                _held == Owed,
                $"{Party.Name} is owed {Owed} and holds {_held} when all of window {window} is answered.\n{recorder.Tail(Party.Identity)}");
            _answered.AddRange(batches.Take(BatchesAtOnce));
        }
        if (window == 0) return;
        var last = window - 1;
        await HandInAsync([new ExchangeBatch([], chain.Position(last), [chain.R(last)], chain.Hashlock(last))], abort);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null) await _stream.DisposeAsync();
        Party.Dispose();
    }

    private ExchangeBatch NewBatch(HashChain chain, uint window)
    {
        var promises = Enumerable.Range(0, 1 + dice.Roll(LargestBatch)).Select(_ => NewPromise(chain.Hashlock(window))).ToArray();
        return new ExchangeBatch(promises, chain.Position(window));
    }

    private SignedPromise NewPromise(Hashlock hashlock)
    {
        var consumer = consumers[dice.Roll(consumers.Count)];
        var payment = new Amount((ulong)(1 + dice.Roll(LargestPayment)));
        var total = _totals[consumer.Party.Identity] = _totals.GetValueOrDefault(consumer.Party.Identity) + payment;
        Gross += payment;
        return consumer.Account.Pay(new Invoice(Party.Identity, Agreement, total, hashlock), Party.Identity, payment);
    }

    // Until everything is answered.
    private async Task HandInAsync(IEnumerable<ExchangeBatch> batches, CancellationToken abort)
    {
        var unanswered = batches.ToDictionary(_ => ++_requestId);
        while (unanswered.Count > 0)
        {
            abort.ThrowIfCancellationRequested();
            try
            {
                _stream ??= await network.OpenStreamAsync(Party.Key);
                await TryAsync(_stream, unanswered);
            }
            catch (Exception problem) when (problem is RpcException or InvalidOperationException or IOException)
            {
                if (_stream is not null) await _stream.DisposeAsync();
                _stream = null;
                await Task.Delay(Pause, abort);
            }
        }
    }

    private async Task TryAsync(RawStream stream, Dictionary<ulong, ExchangeBatch> unanswered)
    {
        var sent = new Dictionary<ulong, RecordedRequest>();
        try
        {
            foreach (var (id, batch) in unanswered)
            {
                sent[id] = recorder.Sending(Party.Identity, batch);
                await stream.SendAsync(batch.ToWire(id));
            }
            while (sent.Count > 0)
            {
                var wire = (await stream.ReadAsync()).Answer;
                Assert.True(sent.Remove(wire.RequestId, out var request), $"An answer to {wire.RequestId}, which is not on its way.");
                var answer = wire.ToAnswer(request.Batch);
                recorder.Answered(request, answer);
                Check(request.Batch, answer);
                if (!IsUnknown(answer)) unanswered.Remove(wire.RequestId);
            }
        }
        finally
        {
            foreach (var _ in sent) recorder.Broke();
        }
    }

    private void Check(ExchangeBatch batch, ExchangeAnswer answer)
    {
        foreach (var result in answer.Promises)
        {
            Assert.True(
                result.Reason is RejectionReason.None or RejectionReason.AlreadyCovered || IsUnknown(result.Reason),
                $"An honest promise to {Party.Name} is refused: {result.Reason.ToName()}.");
        }
        if (answer.Promise is not { } promise) return;
        var (profile, hashlock) = (network.Chain.Profile, batch.Hashlock ?? batch.Promises[^1].Hashlock);
        Assert.Equal(hashlock, promise.Hashlock);
        var message = new ProviderPromise(profile.ProviderChannelOf(Party.Identity), promise.Amount, promise.Hashlock);
        var digest = profile.Domain.Digest(message);
        Assert.True(Curve.Default.TryRecover(digest, promise.Signature, out var signer) && signer == network.Chain.Operator.Address);
        _held = Amount.Max(_held, promise.Amount);
    }

    private static bool IsUnknown(ExchangeAnswer answer) =>
        IsUnknown(answer.Reason) || answer.Promises.Any(result => IsUnknown(result.Reason)) || answer.Reveals.Any(IsUnknown);

    private static bool IsUnknown(RejectionReason reason) => reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded;
}

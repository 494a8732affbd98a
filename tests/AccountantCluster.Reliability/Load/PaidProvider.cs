using System.Security.Cryptography;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.TestKit;

namespace AccountantCluster.Reliability.Load;

/// <summary>
/// A provider without the SDK: two batches at a time, window after window, at one node after another; now and then at two at once, and now
/// and then again what was answered long ago.
/// </summary>
internal sealed class PaidProvider(
    DemoParty party, Desk desk, DemoChain chain, IReadOnlyList<PayingConsumer> consumers, Recorder recorder, Dice dice) : IAsyncDisposable
{
    private const int BatchesAtOnce = 2;
    private const int LargestBatch = 4;
    private const int LargestPayment = 1_000;
    private const int RepeatsOneWindowOf = 4;
    private const int OneTwiceOf = 5;

    // The accountant forgets the Rs of windows further back than 16 (ProtocolLimits.HashSteps).
    private const int RepeatsFromTheLast = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<ExchangeBatch> _answered = [];
    private readonly HashChain _chain = HashChain.Derive(
        RandomNumberGenerator.GetBytes(HashChain.MinimumSecretLength),
        chain.Profile.ChainId, chain.Profile.Accountant, party.Identity, instance: 1);
    private Amount _gross;
    private uint _window;

    /// <summary>Its identity.</summary>
    public Address Identity => party.Identity;

    /// <summary>Is paid until <paramref name="stop"/>; a window that has begun is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            var batches = Enumerable.Range(0, BatchesAtOnce).Select(_ => NewBatch(PickConsumers())).ToList();
            var own = batches.ToArray();
            if (_answered.Count > 0 && dice.Roll(RepeatsOneWindowOf) == 0)
                batches.Add(_answered[^(1 + dice.Roll(Math.Min(RepeatsFromTheLast, _answered.Count)))]);
            await CloseWindowAsync(batches, abort);
            _answered.AddRange(own);
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>After everything was healed: every consumer pays once more, over that node and no other, and the last R is revealed.</summary>
    public async Task FinishAsync(int node, CancellationToken abort)
    {
        desk.StayAt(node);
        await CloseWindowAsync([NewBatch(consumers)], abort);
        var last = _window - 1;
        await desk.HandInAsync(new ExchangeBatch([], _chain.Position(last), [_chain.R(last)], _chain.Hashlock(last)), twice: false, abort);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        party.Dispose();
    }

    private async Task CloseWindowAsync(IReadOnlyList<ExchangeBatch> batches, CancellationToken abort)
    {
        var twice = batches.Select(_ => dice.Roll(OneTwiceOf) == 0).ToArray();
        await Task.WhenAll(batches.Select((batch, index) => desk.HandInAsync(batch, twice[index], abort)));
        recorder.Closed(new ClosedWindow(Identity, _gross - DemoFee.On(_gross), desk.Held));
        _window++;
    }

    private PayingConsumer[] PickConsumers() =>
        [.. Enumerable.Range(0, 1 + dice.Roll(LargestBatch)).Select(_ => consumers[dice.Roll(consumers.Count)])];

    private ExchangeBatch NewBatch(IReadOnlyList<PayingConsumer> from)
    {
        var promises = from.Select(consumer =>
        {
            var payment = new Amount((ulong)(1 + dice.Roll(LargestPayment)));
            _gross += payment;
            return consumer.Pay(Identity, _chain.Hashlock(_window), payment);
        });
        return new ExchangeBatch([.. promises], _chain.Position(_window));
    }
}

using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// A provider that is paid window after window, two batches at a time. What is not answered is handed in again as it was, over whatever
/// node there is; now and then, what was answered is too.
/// </summary>
internal sealed class PaidProvider(IReadOnlyList<PayingConsumer> consumers, Dice dice)
{
    private const int BatchesAtOnce = 2;
    private const int LargestBatch = 5;
    private const int LargestPayment = 100;
    private const int RepeatsOneWindowOf = 3;

    // Longer than some repetitions of a message.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private readonly List<ExchangeRequest> _answered = [];
    private List<ExchangeRequest> _unanswered = [];
    private uint _window;

    public TestProvider Provider { get; } = new();

    /// <summary>What a promise was refused for, although nobody broke a rule.</summary>
    public List<RejectionReason> Refusals { get; } = [];

    /// <summary>Is paid for so many windows; a cancellation leaves what is on its way to the next call.</summary>
    public async Task RunAsync(
        ClusterUnderTest cluster, int windows, Action<ExchangeRequest, ExchangeAnswer> answered, CancellationToken stop)
    {
        for (var i = 0; i < windows && !stop.IsCancellationRequested; i++)
        {
            if (_unanswered.Count == 0)
            {
                _unanswered = [.. Enumerable.Range(0, BatchesAtOnce).Select(_ => NewBatch())];
                if (_answered.Count > 0 && dice.Roll(RepeatsOneWindowOf) == 0) _unanswered.Add(_answered[^1]);
            }
            if (!await HandInAsync(cluster, answered, stop)) return;
            _window++;
        }
    }

    /// <summary>Brings to an end what a crash has interrupted.</summary>
    public Task FinishAsync(ClusterUnderTest cluster, Action<ExchangeRequest, ExchangeAnswer> answered) =>
        _unanswered.Count == 0 ? Task.CompletedTask : HandInAsync(cluster, answered, CancellationToken.None);

    private ExchangeRequest NewBatch()
    {
        var promises = Enumerable.Range(0, 1 + dice.Roll(LargestBatch)).Select(_ => consumers[dice.Roll(consumers.Count)]
            .Pay(Provider, (UInt128)(1 + dice.Roll(LargestPayment)), Provider.Hashlock(_window)));
        return Provider.Batch([.. promises]) with { Position = new ChainPosition(7, _window) };
    }

    private async Task<bool> HandInAsync(
        ClusterUnderTest cluster, Action<ExchangeRequest, ExchangeAnswer> answered, CancellationToken stop)
    {
        for (var attempt = 0; _unanswered.Count > 0; attempt++)
        {
            Assert.True(attempt < 30, "No answer after many attempts.");
            try
            {
                var answers = await Task.WhenAll(_unanswered.Select(batch => cluster.Exchange.ExchangeAsync(batch, Patience, stop)))
                    .WaitAsync(stop);
                foreach (var (batch, answer) in _unanswered.Zip(answers)) answered(batch, answer);
                Refusals.AddRange(answers.SelectMany(answer => answer.Promises).Select(outcome => outcome.Reason).Where(IsRefusal));
                _answered.AddRange(_unanswered.Zip(answers).Where(pair => !IsUnknown(pair.Item2)).Select(pair => pair.Item1));
                _unanswered = [.. _unanswered.Zip(answers).Where(pair => IsUnknown(pair.Item2)).Select(pair => pair.Item1)];
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsUnknown(ExchangeAnswer answer) =>
        IsUnknown(answer.Reason) || answer.Promises.Any(outcome => IsUnknown(outcome.Reason));

    private static bool IsUnknown(RejectionReason reason) => reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded;

    private static bool IsRefusal(RejectionReason reason) =>
        !IsUnknown(reason) && reason is not (RejectionReason.None or RejectionReason.AlreadyCovered);
}

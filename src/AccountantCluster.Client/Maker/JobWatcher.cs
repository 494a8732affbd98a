using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Maker;

/// <summary>Brings a job and follows it to its end, through failures of the way and restarts of the transaction maker.</summary>
/// <param name="api">The transaction maker.</param>
/// <param name="options">Pauses between questions.</param>
/// <param name="time">The clock.</param>
internal sealed class JobWatcher(TransactionMakerApi api, ExchangeClientOptions options, TimeProvider time)
{
    /// <summary>The job's end.</summary>
    /// <param name="identity">Who signed it.</param>
    /// <param name="clientId">Its id.</param>
    /// <param name="submit">Brings it once; it is brought again where nobody can say whether it was taken.</param>
    /// <param name="progress">Told of every state.</param>
    /// <param name="cancellation">Ends the wait; a job that was taken stays taken.</param>
    /// <exception cref="JobRefusedException">It is not taken, or has failed.</exception>
    public async Task<JobReport> RunAsync(
        Address identity,
        Bytes32 clientId,
        Func<CancellationToken, Task<JobReport>> submit,
        IProgress<JobReport>? progress,
        CancellationToken cancellation)
    {
        JobReport? last = null;
        for (var failures = 0; ;)
        {
            try
            {
                // Once it was taken, the same again is the same job: also after the transaction maker came back.
                Tell(await submit(cancellation));
                await foreach (var report in api.WatchAsync(identity, clientId, cancellation))
                {
                    Tell(report);
                    failures = 0;
                }
                if (last is { IsOver: true } over) return Conclude(over);
            }
            catch (TransactionMakerUnavailableException) when (failures < options.MaxRepetitions * 2)
            {
                failures++;
            }
            await Task.Delay(options.Pause(failures + 1), time, cancellation);
        }

        void Tell(JobReport report)
        {
            if (report == last) return;
            last = report;
            progress?.Report(report);
        }
    }

    /// <summary>Asks again, some times, while the transaction maker cannot be reached.</summary>
    /// <exception cref="TransactionMakerUnavailableException">It cannot be reached for long.</exception>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        for (var repetition = 1; ; repetition++)
        {
            try
            {
                return await ask(cancellation);
            }
            catch (TransactionMakerUnavailableException) when (repetition <= options.MaxRepetitions)
            {
                await Task.Delay(options.Pause(repetition), time, cancellation);
            }
        }
    }

    private static JobReport Conclude(JobReport over) =>
        over.State == JobState.Confirmed ? over : throw new JobRefusedException(over.Reason, "");
}

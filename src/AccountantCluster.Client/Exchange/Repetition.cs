using AccountantCluster.Protocol;
using Grpc.Core;

namespace AccountantCluster.Client.Exchange;

/// <summary>Asks again where asking again is the answer: bounded in number and time, with growing pauses.</summary>
internal sealed class Repetition(ExchangeClientOptions options, TimeProvider time)
{
    /// <summary>
    /// Hands a batch in until it is answered for good. Handing in again what was done is harmless: it is ALREADY_COVERED then.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ask">Hands it in once; ends with an exception of gRPC where the connection fails.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ExchangeAnswer> RunAsync(
        ExchangeBatch batch, Func<CancellationToken, Task<ExchangeAnswer>> ask, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ExchangeDeadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var answer = ExchangeAnswer.OutcomeUnknown(batch);
        try
        {
            for (var repetition = 0; repetition <= options.MaxRepetitions; repetition++)
            {
                if (repetition > 0) await Task.Delay(options.Pause(repetition), time, stop.Token);
                answer = await AskAsync(batch, ask, stop.Token);
                if (!IsToBeRepeated(answer)) break;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The last answer stands: unknown, or refused for now.
        }
        return answer;
    }

    /// <summary>The named reason of a call that failed as a whole; None where it names none.</summary>
    public static RejectionReason ReasonOf(RpcException exception) =>
        RejectionReasonNames.TryParse(exception.Trailers.GetValue(Wire.ReasonTrailer.Name), out var reason) ? reason : RejectionReason.None;

    /// <summary>Whether a failed call may succeed later: the accountant was not there, not able, or the way to it broke.</summary>
    public static bool IsPassing(RpcException exception) => ReasonOf(exception) switch
    {
        RejectionReason.Overloaded or RejectionReason.OutcomeUnknown or RejectionReason.LimitExceeded => true,
        RejectionReason.None => exception.StatusCode is not (
            StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented or StatusCode.InvalidArgument),
        _ => false,
    };

    /// <summary>What the user is told of a call that failed for good.</summary>
    public static AccountantUnavailableException ToException(RpcException exception) =>
        new($"The accountant refuses: {exception.Status.Detail}", ReasonOf(exception), exception);

    private static async Task<ExchangeAnswer> AskAsync(
        ExchangeBatch batch, Func<CancellationToken, Task<ExchangeAnswer>> ask, CancellationToken stop)
    {
        try
        {
            return await ask(stop);
        }
        catch (RpcException exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The deadline ended the call.", exception, stop);
        }
        catch (RpcException exception) when (IsPassing(exception))
        {
            return ExchangeAnswer.OutcomeUnknown(batch);
        }
        catch (RpcException exception)
        {
            throw ToException(exception);
        }
    }

    private static bool IsToBeRepeated(ExchangeAnswer answer) =>
        IsToBeRepeated(answer.Reason) || answer.Promises.Any(result => IsToBeRepeated(result.Reason));

    private static bool IsToBeRepeated(RejectionReason reason) =>
        reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded or RejectionReason.LimitExceeded;
}

using System.Threading.Channels;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Sessions;
using AccountantCluster.Protocol;

namespace AccountantCluster.Examples.StreamingProvider;

/// <summary>
/// One session's money: asks when <see cref="InvoiceSchedule"/> says so, and takes promises until everything used is paid.
/// </summary>
internal sealed class Billing(ProviderAccount account, LineConnection consumer, Meter meter, AgreementKey agreement, TimeProvider time)
{
    // How often it looks at the meter.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private InvoiceSchedule _schedule = InvoiceSchedule.Begin(Tariff.InvoicesBy(account.Terms), time.GetUtcNow());
    private bool _isUnpaid;

    /// <summary>Asks and takes until the session has ended.</summary>
    /// <param name="lines">What the consumer says.</param>
    /// <param name="streaming">Ends once the consumer wants no more: nothing is sent from then on.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <returns>Why it ended, in words.</returns>
    public async Task<string> RunAsync(ChannelReader<Line> lines, Task streaming, CancellationToken cancellation)
    {
        while (true)
        {
            // Not before the last piece is counted.
            if (streaming.IsCompleted && !_isUnpaid)
            {
                var rest = meter.Used.SaturatingSubtract(_schedule.Asked);
                if (rest.IsZero) return "everything is paid";
                await AskAsync(rest, cancellation);
            }
            if (await ActAsync(cancellation) is { } end) return $"the service ends: {end}";
            if (await NextAsync(lines, cancellation) is not { } line) continue;
            switch (line.Word)
            {
                case "stop":
                    break;
                case "promise":
                    if (!await TakeAsync(SignedPromise.Parse(line.Text), cancellation)) return "the promise is not what was asked for";
                    break;
                default:
                    return "the consumer is gone";
            }
        }
    }

    private async Task<SessionEnd?> ActAsync(CancellationToken cancellation)
    {
        switch (_schedule.Decide(time.GetUtcNow(), meter.Used))
        {
            case InvoiceStep.Ask ask:
                await AskAsync(ask.Amount, cancellation);
                return null;
            case InvoiceStep.AskAgain:
                await AskAgainAsync(cancellation);
                return null;
            case InvoiceStep.Stop stop:
                return stop.End;
            default:
                return null;
        }
    }

    private async Task AskAsync(Amount amount, CancellationToken cancellation)
    {
        var invoice = await account.InvoiceAsync(agreement, amount, cancellation);
        (_schedule, _isUnpaid) = (_schedule.WithAsked(time.GetUtcNow(), amount), true);
        await consumer.SendAsync("invoice", invoice.ToText(), cancellation);
    }

    private async Task AskAgainAsync(CancellationToken cancellation)
    {
        Invoice invoice;
        try
        {
            invoice = await account.InvoiceAgainAsync(agreement, cancellation);
        }
        catch (InvalidOperationException)
        {
            // A promise that was not waited for any longer was accepted after all.
            await PaidAsync(_schedule.Asked, cancellation);
            return;
        }
        _schedule = _schedule.WithAskedAgain(time.GetUtcNow());
        await consumer.SendAsync("invoice", invoice.ToText(), cancellation);
    }

    private Task PaidAsync(Amount total, CancellationToken cancellation)
    {
        (_schedule, _isUnpaid) = (_schedule.WithPaid(), false);
        meter.SetPaid(total);
        return consumer.SendAsync("paid", $"{total}", cancellation);
    }

    // False where the consumer signed something else than it was asked for.
    private async Task<bool> TakeAsync(SignedPromise promise, CancellationToken cancellation)
    {
        PaymentOutcome outcome;
        try
        {
            outcome = await account.ReceiveAsync(promise, cancellation).WaitAsync(Tariff.Patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            // It is handed in all the same, until it is answered; whether service goes on meanwhile is the schedule's business.
            _schedule = _schedule.WithFailure();
            return true;
        }
        switch (outcome.Status)
        {
            case PaymentStatus.Accepted:
                await PaidAsync(promise.Agreement.Total, cancellation);
                return true;
            case PaymentStatus.Late:
                await AskAgainAsync(cancellation);
                return true;
            case PaymentStatus.Refused:
                await consumer.SendAsync("rejected", outcome.Rejection!.ToText(), cancellation);
                return true;
            default:
                return false;
        }
    }

    private async Task<Line?> NextAsync(
        ChannelReader<Line> lines, CancellationToken cancellation)
    {
        if (lines.TryRead(out var line)) return line;
        await Task.WhenAny(lines.WaitToReadAsync(cancellation).AsTask(), Task.Delay(Tick, time, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return lines.TryRead(out line) ? line : null;
    }
}

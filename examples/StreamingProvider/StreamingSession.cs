using System.Security.Cryptography;
using System.Threading.Channels;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Examples.StreamingProvider;

/// <summary>One consumer is served: pieces of a stream go out, and are counted; what they cost is asked for beside.</summary>
internal sealed class StreamingSession(ProviderAccount account, LineConnection consumer, TimeProvider time)
{
    private readonly Meter _meter = new();

    /// <summary>Serves it to the end. Returns what became of it, in words.</summary>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        var (price, prepaid) = (Tariff.PricePerPiece, Tariff.InvoicesBy(account.Terms).Prepaid);
        await consumer.SendAsync("offer", $"{account.Identity} {price} {Tariff.PieceBytes} {prepaid}", cancellation);
        if (await consumer.ReadAsync(cancellation) is not ("hello", var who) || !Address.TryParse(who, out var identity))
            return "Somebody left without a word.";
        Console.WriteLine($"Serving {identity.ToChecksumString()}.");

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = Channel.CreateBounded<Line>(16);
        var (listening, streaming) = (ListenAsync(lines.Writer, stopped, cancellation), StreamAsync(stopped.Token, cancellation));
        var billing = new Billing(account, consumer, _meter, account.OpenAgreement(identity), time);
        string end;
        try
        {
            end = await billing.RunAsync(lines.Reader, streaming, cancellation);
        }
        finally
        {
            await stopped.CancelAsync();
            await streaming;
        }
        // The last R becomes known to the accountant: everything accepted can be collected and settled.
        if (!await account.CloseSessionAsync(cancellation)) end += $", but the last R stays secret: {account.Status.Problem}";
        await EndAsync(end, cancellation);
        await listening;
        return $"Session of {identity.ToChecksumString()}: sent {_meter.Bytes} bytes, earned {_meter.Paid} units; {end}.";
    }

    private async Task ListenAsync(ChannelWriter<Line> lines, CancellationTokenSource stopped, CancellationToken cancellation)
    {
        try
        {
            while (await consumer.ReadAsync(cancellation) is { } line)
            {
                // At once, whatever the billing waits for.
                if (line.Word == "stop") await stopped.CancelAsync();
                await lines.WriteAsync(line, cancellation);
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone, however it went.
        }
        lines.TryWrite(new Line("gone", ""));
    }

    // A piece that has begun goes out whole and counts.
    private async Task StreamAsync(CancellationToken stopped, CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(Tariff.Pace, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stopped))
            {
                if (!_meter.HasCredit) continue;
                await consumer.SendAsync("data", Convert.ToBase64String(RandomNumberGenerator.GetBytes(Tariff.PieceBytes)), cancellation);
                _meter.CountPiece();
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // The billing finds out, and ends the session.
        }
    }

    private async Task EndAsync(string end, CancellationToken cancellation)
    {
        try
        {
            await consumer.SendAsync("end", end, cancellation);
        }
        catch (IOException)
        {
            // It did not wait for it.
        }
    }
}

using System.Globalization;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Sessions;
using AccountantCluster.Protocol;

namespace AccountantCluster.Examples.StreamingConsumer;

/// <summary>
/// One stream is received and paid for: what comes is counted here, too, and no more is paid than that explains
/// (<see cref="InvoiceCheck"/>).
/// </summary>
internal sealed class Purchase(ConsumerAccount account, LineConnection provider, long wantedBytes, TimeProvider time)
{
    // More than this is not paid for a kibibyte, whatever a provider offers.
    private const ulong HighestPrice = 10;
    private const int Kibibyte = 1_024;
    private static readonly Amount HighestPrepaid = new(1_000);

    private Address _seller;
    private ulong _price;
    private bool _hasStopped;

    /// <summary>Bytes received.</summary>
    public long Received { get; private set; }

    /// <summary>What was promised for them, in token base units.</summary>
    public Amount Spent { get; private set; }

    /// <summary>What the provider says that it has been paid, in token base units.</summary>
    public Amount Acknowledged { get; private set; }

    /// <summary>Receives and pays until the provider ends it. Returns why, in words.</summary>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        if (await provider.ReadAsync(cancellation) is not ("offer", var offer)) return "the provider offers nothing";
        var terms = offer.Split(' ');
        (_seller, _price) = (Address.Parse(terms[0]), ulong.Parse(terms[1], CultureInfo.InvariantCulture));
        var (piece, prepaid) = (int.Parse(terms[2], CultureInfo.InvariantCulture), Amount.Parse(terms[3]));
        if (_price * Kibibyte > HighestPrice * (ulong)piece || prepaid > HighestPrepaid) return "the provider is too expensive";
        await provider.SendAsync("hello", $"{account.Identity}", cancellation);

        var (check, began) = (new InvoiceCheck(prepaid), time.GetTimestamp());
        while (await provider.ReadAsync(cancellation) is { } line)
        {
            switch (line.Word)
            {
                case "data":
                    Received += Convert.FromBase64String(line.Text).Length;
                    if (Received >= wantedBytes) await StopAsync(cancellation);
                    break;
                case "invoice":
                    var used = new Amount((ulong)Received * _price / (ulong)piece);
                    await PayAsync(Invoice.Parse(line.Text), check, time.GetElapsedTime(began), used, cancellation);
                    break;
                case "rejected":
                    await SignAsync(() => account.Resynchronise(Rejection.Parse(line.Text)), cancellation);
                    break;
                case "paid":
                    Acknowledged = Amount.Parse(line.Text);
                    break;
                case "end":
                    return line.Text;
                default:
                    return $"the provider says '{line.Word}'";
            }
        }
        return "the provider is gone";
    }

    private Task PayAsync(Invoice invoice, InvoiceCheck check, TimeSpan elapsed, Amount used, CancellationToken cancellation)
    {
        var paid = account.PaidFor(_seller, invoice.AgreementId);
        return SignAsync(() => account.Pay(invoice, _seller, check.Agreed(elapsed, used, paid)), cancellation);
    }

    // What the SDK does not sign is not owed, or there is not enough: no more of it then.
    private async Task SignAsync(Func<SignedPromise> sign, CancellationToken cancellation)
    {
        try
        {
            var promise = sign();
            Spent = promise.Agreement.Total;
            await provider.SendAsync("promise", promise.ToText(), cancellation);
        }
        catch (PaymentRefusedException refused)
        {
            Console.WriteLine($"Not paid: {refused.Reason}.");
            await StopAsync(cancellation);
        }
    }

    private async Task StopAsync(CancellationToken cancellation)
    {
        if (_hasStopped) return;
        _hasStopped = true;
        await provider.SendAsync("stop", "", cancellation);
    }
}

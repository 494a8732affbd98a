using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Payments;

/// <summary>One consumer uses one provider's service and pays for it, payment after payment: invoice, promise, exchange.</summary>
internal sealed class ServiceSession(DemoConsumer consumer, DemoProvider provider, PaymentTally tally)
{
    // An honest payment is late once where a window closes, and refused never.
    private const int MaxAttempts = 10;

    // Different amounts at every turn, the same in every demo.
    private const ulong Stride = 7_919;

    /// <summary>Pays until <paramref name="stop"/>; a payment that has begun is brought to its end.</summary>
    /// <exception cref="DemoFailedException">An honest payment was refused.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        var agreement = provider.Account.OpenAgreement(consumer.Party.Identity);
        for (ulong turn = 1; !stop.IsCancellationRequested; turn++)
        {
            provider.MustTrustAccountant();
            await PayAsync(agreement, new Amount(1 + turn * Stride % DemoScale.LargestPayment), cancellation);
        }
    }

    /// <summary>Pays once, in a session of its own.</summary>
    /// <exception cref="DemoFailedException">An honest payment was refused.</exception>
    public Task PayOnceAsync(Amount amount, CancellationToken cancellation) =>
        PayAsync(provider.Account.OpenAgreement(consumer.Party.Identity), amount, cancellation);

    private async Task PayAsync(AgreementKey agreement, Amount amount, CancellationToken cancellation)
    {
        var invoice = await provider.Account.InvoiceAsync(agreement, amount, cancellation);
        var promise = Pay(invoice, amount);
        var last = RejectionReason.None;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var outcome = await provider.Account.ReceiveAsync(promise, cancellation);
            switch (outcome)
            {
                case { Status: PaymentStatus.Accepted }:
                    tally.Accept();
                    return;
                case { Status: PaymentStatus.Late }:
                    promise = Pay(await provider.Account.InvoiceAgainAsync(agreement, cancellation), amount);
                    break;
                case { Status: PaymentStatus.Refused, Rejection: { } rejection }:
                    tally.Reject(last = rejection.Reason);
                    promise = rejection.Reason == RejectionReason.PromiseTooLow
                        ? consumer.Account.Resynchronise(rejection)
                        : Pay(await provider.Account.InvoiceAgainAsync(agreement, cancellation), amount);
                    break;
                default:
                    throw new DemoFailedException($"{provider.Party.Name} calls a promise of {consumer.Party.Name} {outcome.Status}.");
            }
        }
        throw new DemoFailedException(
            $"A payment of {consumer.Party.Name} to {provider.Party.Name} failed {MaxAttempts} times, last: {last.ToName()}.");
    }

    private SignedPromise Pay(Invoice invoice, Amount agreed) => consumer.Account.Pay(invoice, provider.Party.Identity, agreed);
}

using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Attacks;

/// <summary>
/// A consumer signs nearly all of its deposit away twice, on two devices that know nothing of each other, to two providers who hand it in
/// through their own
/// streams at the same time.
/// </summary>
internal sealed class DoubleSpend(DemoConsumer cheat, DemoProvider one, DemoProvider other, PaymentTally tally)
{
    /// <summary>What the accountant is to say to one of the two.</summary>
    public const RejectionReason Expected = RejectionReason.Overspend;

    /// <summary>Tries it. Both providers served a consumer that looked honest: one is paid, one is told by name that it is not.</summary>
    /// <exception cref="DemoFailedException">Not exactly one passed, or the other one has another name.</exception>
    public async Task TryAsync(CancellationToken cancellation)
    {
        using var secondDevice = cheat.OpenDevice("second");
        var (mine, theirs) = (await SignAsync(cheat.Account, one, cancellation), await SignAsync(secondDevice, other, cancellation));
        var outcomes = await Task.WhenAll(one.Account.ReceiveAsync(mine, cancellation), other.Account.ReceiveAsync(theirs, cancellation));
        foreach (var outcome in outcomes)
        {
            if (outcome.Rejection is { } rejection) tally.Reject(rejection.Reason);
            else tally.Accept();
        }

        var accepted = outcomes.Count(outcome => outcome.Status == PaymentStatus.Accepted);
        var refused = outcomes.Select(outcome => outcome.Rejection?.Reason).OfType<RejectionReason>().ToArray();
        if (accepted != 1 || refused is not [Expected])
        {
            var names = string.Join(", ", outcomes.Select(outcome => outcome.Rejection?.Reason.ToName() ?? outcome.Status.ToString()));
            throw new DemoFailedException($"The double spend was answered {names} instead of accepted once and {Expected.ToName()} once.");
        }
        // The service is gone and will not be paid: the provider no longer waits for it.
        (outcomes[0].Rejection is null ? other : one).Account.WriteOff(cheat.Party.Identity);
    }

    private async Task<SignedPromise> SignAsync(ConsumerAccount device, DemoProvider provider, CancellationToken cancellation)
    {
        var agreement = provider.Account.OpenAgreement(cheat.Party.Identity);
        var invoice = await provider.Account.InvoiceAsync(agreement, DemoScale.CheatsPromise, cancellation);
        return device.Pay(invoice, provider.Party.Identity, DemoScale.CheatsPromise);
    }
}

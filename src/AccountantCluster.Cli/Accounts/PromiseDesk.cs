using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;

namespace AccountantCluster.Cli.Accounts;

/// <summary>Takes promises from standard input, line by line, until one is accepted: what it answers is for the consumer's <c>pay</c>.</summary>
internal sealed class PromiseDesk(Host host, ProviderAccount account, AgreementKey agreement)
{
    /// <summary>True once a promise was accepted; false where the input ends before.</summary>
    public async Task<bool> ServeAsync(CancellationToken cancellation)
    {
        // A terminal's line cannot be cancelled: the wait is, and the process ends.
        while (await Task.Run(host.Input.ReadLine, CancellationToken.None).WaitAsync(cancellation) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (await TakeAsync(line, cancellation)) return true;
        }
        return false;
    }

    private async Task<bool> TakeAsync(string line, CancellationToken cancellation)
    {
        SignedPromise promise;
        try
        {
            promise = SignedPromise.Parse(line);
        }
        catch (FormatException problem)
        {
            await host.Error.WriteLineAsync($"Not a promise: {problem.Message}");
            return false;
        }
        var outcome = await account.ReceiveAsync(promise, cancellation);
        switch (outcome.Status)
        {
            case PaymentStatus.Accepted:
                return true;
            case PaymentStatus.Refused:
                await host.Error.WriteLineAsync($"Refused: {outcome.Rejection!.Reason}. The consumer's `pay` takes the next line.");
                await host.Output.WriteLineAsync(outcome.Rejection.ToText());
                return false;
            case PaymentStatus.Late:
                await host.Error.WriteLineAsync("Late: its window is closed. Another invoice for the same total follows.");
                await host.Output.WriteLineAsync((await account.InvoiceAgainAsync(agreement, cancellation)).ToText());
                return false;
            default:
                await host.Error.WriteLineAsync($"Not accepted: {outcome.Status}.");
                return false;
        }
    }
}

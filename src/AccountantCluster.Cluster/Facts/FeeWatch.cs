using AccountantCluster.Chain;
using AccountantCluster.Channels.Provider;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Keeps <see cref="AccountantFee"/> as the contract says it, on every node, because each counts the credits of its own channels. While
/// the chain does not answer, the last that it said holds: an announced raise begins by itself.
/// </summary>
internal sealed class FeeWatch(
    IEthereumClient client,
    AccountantAddresses addresses,
    SettlementOptions options,
    AccountantFee fee,
    TimeProvider time,
    ClusterMetrics metrics,
    ILogger<FeeWatch> logger) : BackgroundService
{
    private readonly AccountantContract _accountant = new(client, addresses.Accountant);
    private readonly ConfirmedBlocks _blocks = new(client, options.Confirmations);
    private bool _failed;

    /// <summary>Looks at once. Nothing changes where the chain does not answer, or has no confirmed block yet.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            if (await ReadAsync(cancellation) is { } terms) Take(terms);
            if (_failed) logger.LogInformation("The accountant's fee can be read again.");
            _failed = false;
        }
        // Whatever an endpoint answers: a node that stopped counting would be worse than one that counts with the last fee it knows.
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            metrics.FeeReadingFailed();
            if (!_failed) logger.LogWarning(problem, "The accountant's fee cannot be read; {Terms} hold until it can.", fee.Terms);
            _failed = true;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ObserveInterval, time);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<FeeTerms?> ReadAsync(CancellationToken cancellation)
    {
        var block = await _blocks.GetNewestAsync(cancellation);
        var head = await client.GetBlockAsync(BlockReference.Latest, cancellation);
        if (block is null || head is null) return null;
        var confirmed = await _accountant.ReadFeeTermsAsync(BlockReference.At(block), cancellation);
        var newest = await _accountant.ReadFeeTermsAsync(BlockReference.At(head), cancellation);
        // A lower fee counts from its first sight: providers see it in that block too, and expect it. A reorganisation costs the accountant
        // the difference on what was credited meanwhile.
        return newest.BasisPoints < confirmed.BasisPoints ? newest : confirmed.After(fee.Terms, block.Timestamp);
    }

    private void Take(FeeTerms terms)
    {
        if (terms == fee.Terms) return;
        logger.LogInformation("The accountant's fee was {Before} and is {Terms}.", fee.Terms, terms);
        fee.Terms = terms;
    }
}

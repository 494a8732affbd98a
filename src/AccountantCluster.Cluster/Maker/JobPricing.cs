using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>Makes quotes. The price of gas is asked once in a while, however many ask for a quote. Safe for concurrent use.</summary>
internal sealed class JobPricing(IEthereumClient client, MakerOptions options, ITokenPrice price, TimeProvider time) : IDisposable
{
    private readonly QuoteSeal _seal = new();
    private readonly SemaphoreSlim _one = new(1);
    private (long At, FeeSuggestion Gas, UInt128? WeiPerToken)? _known;

    /// <summary>A quote of now; null where the token's price is not known.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    public async Task<SealedQuote?> QuoteAsync(JobShape shape, CancellationToken cancellation)
    {
        var (gas, weiPerToken) = await ReadAsync(cancellation);
        if (weiPerToken is not { } worth || worth == 0 || options.Tariff.Fee(shape.Gas, gas, worth) is not { } fee) return null;
        var quote = new JobQuote(shape, fee, (ulong)(time.GetUtcNow() + options.Tariff.Validity).ToUnixTimeSeconds());
        return new SealedQuote(quote, _seal.Seal(quote));
    }

    /// <summary>Whether a quote that came back was given for that shape and still holds.</summary>
    public bool Holds(SealedQuote quote, JobShape shape) =>
        quote.Quote.Shape == shape
        && _seal.IsMine(quote.Quote, quote.Code.Span)
        && (ulong)time.GetUtcNow().ToUnixTimeSeconds() <= quote.Quote.ValidUntil;

    /// <inheritdoc/>
    public void Dispose()
    {
        _seal.Dispose();
        _one.Dispose();
    }

    private async Task<(FeeSuggestion Gas, UInt128? WeiPerToken)> ReadAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_known is not { } known || time.GetElapsedTime(known.At) >= ClusterLimits.GasPriceAge)
            {
                known = (time.GetTimestamp(), await client.GetFeeSuggestionAsync(cancellation), await price.ReadAsync(cancellation));
                _known = known;
            }
            return (known.Gas, known.WeiPerToken);
        }
        finally
        {
            _one.Release();
        }
    }
}

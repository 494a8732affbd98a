using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Configuration;

/// <summary>
/// The token's price in a file that something of the operator's keeps up to date: it knows the markets, the node does not. One decimal
/// number, in wei for 10^18 base units. Safe for concurrent use.
/// </summary>
/// <param name="path">Where it is; replaced as a whole, so that nobody reads half a number.</param>
/// <param name="maximumAge">One that was not written for so long counts as unknown.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told why the price is unknown.</param>
internal sealed class PriceFile(string path, TimeSpan maximumAge, TimeProvider time, ILogger<PriceFile> logger) : ITokenPrice
{
    /// <inheritdoc/>
    public async Task<UInt128?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            // The age first: a price that comes meanwhile is only newer.
            var age = time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path);
            if (Amount.TryParse((await File.ReadAllTextAsync(path, cancellation)).Trim(), out var price) && !price.IsZero)
            {
                if (age <= maximumAge) return price.Units;
                logger.LogWarning("The token's price in {File} is {Hours:0.0} hours old: too old for gas.", path, age.TotalHours);
            }
            else
            {
                logger.LogWarning("{File} holds no price of the token: one number above 0, in wei.", path);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The token's price is not known: {Problem}", problem.Message);
        }
        return null;
    }
}

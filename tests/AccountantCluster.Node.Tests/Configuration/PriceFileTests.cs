using AccountantCluster.Node.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AccountantCluster.Node.Tests.Configuration;

public sealed class PriceFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-price-tests-");

    private string Price => Path.Combine(_folder.FullName, "price");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_stands_there_now_counts()
    {
        Assert.Null(await ReadAsync());
        await File.WriteAllTextAsync(Price, "300000000000000000000000000\n");
        Assert.Equal(UInt128.Parse("300000000000000000000000000", null), await ReadAsync());
        await File.WriteAllTextAsync(Price, "7");
        Assert.Equal((UInt128)7, await ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("much")]
    public async Task What_is_no_price_is_unknown(string text)
    {
        await File.WriteAllTextAsync(Price, text);
        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task What_was_not_written_for_long_is_unknown()
    {
        await File.WriteAllTextAsync(Price, "7");
        File.SetLastWriteTimeUtc(Price, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromHours(2));
        Assert.Null(await ReadAsync());
    }

    [Fact]
    public void A_price_is_said_in_one_place() => Assert.Contains(
        "exclude each other",
        Assert.Throws<ConfigurationException>(() => TokenPrices.Read(
            new NodeConfiguration.SettlementSection { WeiPerToken = "1", PriceFile = Price }, "settlement")).Message,
        StringComparison.Ordinal);

    private Task<UInt128?> ReadAsync() =>
        new PriceFile(Price, TimeSpan.FromHours(1), TimeProvider.System, NullLogger<PriceFile>.Instance).ReadAsync(CancellationToken.None);
}

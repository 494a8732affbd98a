using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace AccountantCluster.Cluster.Tests;

public sealed class OperatorSignerTests
{
    private readonly TestProvider _provider = new();
    private readonly OperatorSigner _signer =
        new(Accountant.Domain, Accountant.OperatorKey, Curve.Default, NullLogger<OperatorSigner>.Instance);

    [Fact]
    public async Task A_lower_total_is_never_signed()
    {
        Assert.NotNull(await _signer.SignAsync(_provider.Identity, Total(100)));
        Assert.Null(await _signer.SignAsync(_provider.Identity, Total(99)));
        Assert.NotNull(await _signer.SignAsync(_provider.Identity, Total(100, window: 1)));
        Assert.NotNull(await _signer.SignAsync(_provider.Identity, Total(101)));
        Assert.Null(await _signer.SignAsync(_provider.Identity, Total(100)));
    }

    [Fact]
    public async Task Providers_do_not_hinder_each_other()
    {
        await _signer.SignAsync(_provider.Identity, Total(100));
        var other = new TestProvider();

        var signed = await _signer.SignAsync(other.Identity, Total(1));

        Assert.True(other.Accepts(signed!.Value));
        Assert.False(_provider.Accepts(signed.Value));
    }

    [Fact]
    public async Task The_same_total_gives_the_same_signature() => Assert.Equal(
        await _signer.SignAsync(_provider.Identity, Total(100)), await _signer.SignAsync(_provider.Identity, Total(100)));

    [Fact]
    public async Task Totals_that_rise_in_the_order_of_the_calls_are_all_signed()
    {
        var signed = await Task.WhenAll(Enumerable.Range(1, 200).Select(units => _signer.SignAsync(_provider.Identity, Total((UInt128)units))));

        Assert.All(signed, promise => Assert.True(_provider.Accepts(promise!.Value)));
    }

    private SignedTotal Total(UInt128 units, uint window = 0) =>
        new(_provider.Hashlock(window), new Amount(units), new Amount(units), Position: null);
}

using AccountantCluster.Reliability.Network;

namespace AccountantCluster.Reliability.Tests.Network;

public sealed class LinkTests
{
    [Fact]
    public void Nothing_passes_while_one_of_two_cuts_is_there()
    {
        var link = new Link();
        Assert.True(link.PassAsync(default).IsCompletedSuccessfully);
        link.Cut();
        link.Cut();
        var waiting = link.PassAsync(default);
        link.Heal();
        Assert.False(waiting.IsCompleted);
        Assert.False(link.PassAsync(default).IsCompleted);
        link.Heal();
        Assert.True(link.PassAsync(default).IsCompletedSuccessfully);
    }
}

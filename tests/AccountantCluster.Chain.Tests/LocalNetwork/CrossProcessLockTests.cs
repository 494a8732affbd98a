using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Chain.Tests.LocalNetwork;

public sealed class CrossProcessLockTests
{
    [Fact]
    public async Task Only_one_holder_at_a_time()
    {
        var folder = Directory.CreateTempSubdirectory("accountant-lock-");
        try
        {
            var path = Path.Combine(folder.FullName, "lock");
            using (await CrossProcessLock.AcquireAsync(path, TimeSpan.FromSeconds(5)))
                await Assert.ThrowsAsync<TimeoutException>(() => CrossProcessLock.AcquireAsync(path, TimeSpan.FromMilliseconds(300)));

            using var second = await CrossProcessLock.AcquireAsync(path, TimeSpan.FromSeconds(5));
            Assert.NotNull(second);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

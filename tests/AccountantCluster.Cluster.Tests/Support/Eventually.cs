namespace AccountantCluster.Cluster.Tests;

/// <summary>Waits for what happens by itself, for a bounded time.</summary>
internal static class Eventually
{
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> expected)
    {
        var value = await read();
        for (var attempt = 0; attempt < 300 && !expected(value); attempt++)
        {
            await Task.Delay(100);
            value = await read();
        }
        Assert.True(expected(value), $"Still {value}.");
        return value;
    }
}

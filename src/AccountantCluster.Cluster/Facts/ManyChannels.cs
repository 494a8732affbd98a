namespace AccountantCluster.Cluster;

/// <summary>The same question to many channels.</summary>
internal static class ManyChannels
{
    /// <summary>The answers of those that gave one within their deadline, in the order asked.</summary>
    /// <param name="channels">Whom to ask.</param>
    /// <param name="atOnce">How many at the same time.</param>
    /// <param name="ask">Asks one; null where it does not answer.</param>
    public static async Task<IReadOnlyList<TAnswer>> AskAsync<TAnswer>(
        IReadOnlyCollection<Address> channels, int atOnce, Func<Address, Task<TAnswer?>> ask)
        where TAnswer : class
    {
        var found = new List<TAnswer>(channels.Count);
        foreach (var some in channels.Chunk(atOnce)) found.AddRange((await Task.WhenAll(some.Select(ask))).OfType<TAnswer>());
        return found;
    }
}

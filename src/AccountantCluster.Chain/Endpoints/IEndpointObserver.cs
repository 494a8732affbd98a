namespace AccountantCluster.Chain;

/// <summary>
/// Is told how the endpoints of a pool do. Called from many threads, on the way of a request: it must not throw and must not take long.
/// </summary>
public interface IEndpointObserver
{
    /// <summary>An endpoint did not answer, or refused what others answer.</summary>
    /// <param name="endpoint">Its name.</param>
    void Failed(string endpoint);

    /// <summary>An endpoint said otherwise than others: it is wrong, or, where nobody can tell, one of them is.</summary>
    /// <param name="endpoint">Its name.</param>
    void Disagreed(string endpoint);

    /// <summary>How far an endpoint is behind, at a look at the heads.</summary>
    /// <param name="endpoint">Its name.</param>
    /// <param name="blocks">Blocks from its head to the head that counts.</param>
    void Lags(string endpoint, ulong blocks);

    /// <summary>An endpoint is in another condition than before: once for each change, not for each request.</summary>
    /// <param name="endpoint">Its name.</param>
    /// <param name="condition">The new one.</param>
    /// <param name="why">What showed it, in a few words.</param>
    void Changed(string endpoint, EndpointCondition condition, string why);
}

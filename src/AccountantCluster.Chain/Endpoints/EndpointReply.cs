namespace AccountantCluster.Chain;

/// <summary>What one endpoint said to one question.</summary>
/// <param name="Endpoint">Who.</param>
/// <param name="Value">The answer; nothing where there is no such thing, or where there is a problem.</param>
/// <param name="Problem">A refusal (<see cref="RpcException"/>) or silence; null for an answer.</param>
internal sealed record EndpointReply<T>(Endpoint Endpoint, T? Value, EthereumException? Problem)
{
    /// <summary>Whether it answered, be it that there is nothing.</summary>
    public bool IsAnswer => Problem is null;

    /// <summary>Whether it answered with something.</summary>
    public bool IsSomething => IsAnswer && Value is not null;

    /// <summary>Whether it answered that there is nothing.</summary>
    public bool IsNothing => IsAnswer && Value is null;
}

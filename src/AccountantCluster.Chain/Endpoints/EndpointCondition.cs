namespace AccountantCluster.Chain;

/// <summary>What a pool thinks of one of its endpoints.</summary>
public enum EndpointCondition
{
    /// <summary>It answers, as the others do.</summary>
    Good,

    /// <summary>It does not answer, not in time, not in form, or not what others answer.</summary>
    Unavailable,

    /// <summary>It is behind the others by more blocks than is usual.</summary>
    Lagging,

    /// <summary>It says otherwise than the others.</summary>
    Disagreeing,
}

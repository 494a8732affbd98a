namespace AccountantCluster.Client.OnChain;

/// <summary>How far an exit without consent is (protocol §6).</summary>
public enum ExitStage
{
    /// <summary>Nothing is requested, or what was requested is paid.</summary>
    None = 0,

    /// <summary>Requested: what was promised is still settled, and nothing is paid out yet.</summary>
    Notice,

    /// <summary>The notice is over: whatever is left can be paid out.</summary>
    Due,

    /// <summary>Nobody finalised it in time: it takes a new request.</summary>
    Lapsed,
}

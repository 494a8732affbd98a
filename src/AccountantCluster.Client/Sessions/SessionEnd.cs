namespace AccountantCluster.Client.Sessions;

/// <summary>Why a provider ends a service session.</summary>
public enum SessionEnd
{
    /// <summary>The consumer did not pay.</summary>
    NotPaid,

    /// <summary>The accountant failed too often in a row.</summary>
    AccountantFails,
}

namespace AccountantCluster.Chain;

/// <summary>
/// What a transaction maker sends for others (paper §4.6): calls that anyone may send and that pay whoever is named in them.
/// </summary>
public enum JobKind
{
    /// <summary>Registers an identity, out of the tokens at its channel's address.</summary>
    Register = 1,

    /// <summary>Cashes the accountant's promise to a provider.</summary>
    Settle = 2,

    /// <summary>Cashes all that a provider's evidence gives (protocol §6).</summary>
    Recover = 3,
}

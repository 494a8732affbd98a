namespace AccountantCluster.Chain;

/// <summary>How much work one guess of a keystore's password costs.</summary>
public enum KeystoreStrength
{
    /// <summary>scrypt with N = 4,096: 4 MB of memory and some milliseconds. For development and for keys worth little.</summary>
    Light,

    /// <summary>scrypt with N = 262,144: 256 MB of memory and about a second.</summary>
    Standard,
}

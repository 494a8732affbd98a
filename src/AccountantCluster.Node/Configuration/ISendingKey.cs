namespace AccountantCluster.Node.Configuration;

/// <summary>Where a key is that sends transactions: in a keystore file, or with a program that signs with it.</summary>
internal interface ISendingKey
{
    /// <summary>Path of a keystore file (Web3 Secret Storage, version 3).</summary>
    string? Keystore { get; }

    /// <summary>Path of a file that holds its password, or <c>-</c>.</summary>
    string? PasswordFile { get; }

    /// <summary>Address of a program that keeps the key instead.</summary>
    string? Signer { get; }

    /// <summary>The key's address there.</summary>
    string? Sender { get; }
}

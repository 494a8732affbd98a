namespace AccountantCluster.Cli.Keys;

/// <summary>Asks a person for a secret without showing it.</summary>
internal interface ISecretPrompt
{
    /// <summary>The secret as UTF-8, which the caller wipes; null where nobody can be asked.</summary>
    byte[]? Ask(string question);
}

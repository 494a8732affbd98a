namespace AccountantCluster.Node.Configuration;

/// <summary>The node cannot start with what it was told; the message says what to change.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);

namespace AccountantCluster.Channels.Tests;

/// <summary>A channel's process died in the middle of what it was doing.</summary>
public sealed class EntityCrashedException : Exception;

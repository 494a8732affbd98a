namespace AccountantCluster.Edge.Tests.Support;

/// <summary>The real clock, put forward by a test; timers run in real time.</summary>
internal sealed class SettableTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
}

namespace AccountantCluster.TestKit;

/// <summary>One row of the journal.</summary>
/// <param name="SequenceNumber">From 1, without a gap.</param>
/// <param name="Manifest">Names the payload's format.</param>
/// <param name="Payload">The event.</param>
internal sealed record StoredEvent(long SequenceNumber, string Manifest, byte[] Payload);

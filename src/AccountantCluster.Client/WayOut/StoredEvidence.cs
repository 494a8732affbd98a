namespace AccountantCluster.Client.WayOut;

/// <summary>What an evidence file holds, every signature and every R in it verified.</summary>
/// <param name="Evidence">What can be used.</param>
/// <param name="WrittenAt">When it was written, by the clock of whoever wrote it.</param>
/// <param name="Flaws">What was left out, and why.</param>
public sealed record StoredEvidence(ProviderEvidence Evidence, DateTimeOffset WrittenAt, IReadOnlyList<EvidenceFlaw> Flaws);

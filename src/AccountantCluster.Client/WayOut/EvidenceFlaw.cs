namespace AccountantCluster.Client.WayOut;

/// <summary>A part of an evidence file that is worth nothing: it is left out, and the rest is used.</summary>
/// <param name="Where">Which part: "collectable[3]".</param>
/// <param name="What">What is wrong with it.</param>
public sealed record EvidenceFlaw(string Where, string What);

using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>A stretch of credit as it was counted.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Segment">What was new: begins where the known total ended.</param>
/// <param name="KnownR">Opens the segment's hashlock, where it was known already: then the credit counts as revealed.</param>
public readonly record struct RecordedCredit(Address Channel, CreditSegment Segment, Preimage? KnownR);

using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Journals;

/// <summary>All events that were ever stored of the channels of one run, by identity, in the order of their numbers.</summary>
/// <param name="Consumers">Paying channels.</param>
/// <param name="Providers">Receiving channels.</param>
internal sealed record StoredBooks(
    IReadOnlyDictionary<Address, IReadOnlyList<ConsumerEntry>> Consumers,
    IReadOnlyDictionary<Address, IReadOnlyList<ProviderEntry>> Providers);

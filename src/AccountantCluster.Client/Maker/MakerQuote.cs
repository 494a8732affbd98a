using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Maker;

/// <summary>What a transaction maker asks for a job, and whom to name in the signature.</summary>
/// <param name="ChainId">Its chain.</param>
/// <param name="Registry">Its registry.</param>
/// <param name="TransactionMaker">Who is paid.</param>
/// <param name="Quote">The fee, in token base units, and until when it holds.</param>
/// <param name="Code">By which the transaction maker knows the quote again.</param>
public sealed record MakerQuote(ulong ChainId, Address Registry, Address TransactionMaker, JobQuote Quote, ReadOnlyMemory<byte> Code);

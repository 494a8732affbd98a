using System.Runtime.CompilerServices;

namespace AccountantCluster.Edge;

/// <summary>
/// Every limit of the edge, each with its reason. Whoever exceeds one is told LIMIT_EXCEEDED, or OVERLOADED where it is not the caller's
/// fault.
/// </summary>
public sealed record EdgeLimits
{
    /// <summary>
    /// Bytes of one message from a caller. A full batch is 65 KiB at most (256 promises of 250 bytes in their longest form, 64 reveals of
    /// 34), as much evidence 73 KiB (each promise with its R), and what is somewhat too large should still be read, so that it is refused
    /// by name and the stream lives on.
    /// </summary>
    public int MessageBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// Promises per batch, and consumers' promises per call that brings evidence. One answer, one signature and one message share a batch's
    /// cost; above a few hundred nothing is saved any more, and a batch of 256 occupies a verification thread for 10 ms (30 ms without the
    /// native library).
    /// </summary>
    public int PromisesPerBatch { get; init; } = 256;

    /// <summary>Rs per batch. The hash chain reveals without them; 64 is a whole session's windows after a restart.</summary>
    public int RevealsPerBatch { get; init; } = 64;

    /// <summary>
    /// Batches of one stream that were read and not answered yet; then the edge stops reading and HTTP/2 holds the caller back. Eight full
    /// batches keep a stream busy over 100 ms of network delay at 20,000 promises a second.
    /// </summary>
    public int RequestsInFlightPerStream { get; init; } = 8;

    /// <summary>
    /// Open streams of one identity. The protocol asks for one process per identity; the others are for streams that died and were not
    /// noticed yet. With the two limits above, one identity fills a quarter of <see cref="VerificationQueue"/> at most.
    /// </summary>
    public int StreamsPerIdentity { get; init; } = 4;

    /// <summary>
    /// Open streams altogether: 2,048 providers per node, at 128 KiB each in the worst case that a message is being read on all of them.
    /// </summary>
    public int Streams { get; init; } = 2048;

    /// <summary>
    /// Streams that have not shown a signature yet. Apart from the open ones, so that strangers cannot take the places of providers.
    /// </summary>
    public int StreamsAwaitingSession { get; init; } = 512;

    /// <summary>Unary calls at work. They are for simple clients; a call beyond that is told OVERLOADED at once.</summary>
    public int UnaryCalls { get; init; } = 512;

    /// <summary>
    /// Calls with evidence at work. Each may wake as many consumer channels as a batch, and ask the chain for an operator's key, which a
    /// stranger can make it do with a signature of his own; honest ones come once after a restore. Eight wake 2,048 channels, two seconds
    /// of the journal; a call beyond that is told OVERLOADED at once, and comes again.
    /// </summary>
    public int EvidenceCalls { get; init; } = 8;

    /// <summary>
    /// Registrations at work that are handed in before they are mined. Each asks the chain once and may wake a channel, without a session
    /// that somebody had to open; a call beyond that is told OVERLOADED at once.
    /// </summary>
    public int OpeningCalls { get; init; } = 8;

    /// <summary>
    /// Such registrations with a good signature a minute, from whomever they come: one a second is far more than an accountant grants
    /// (<see cref="Channels.OpeningPolicy.PerHour"/>), and bounds what strangers, whose identities cost nothing, can ask of the chain.
    /// Others wait meanwhile, or register first, which nobody can keep them from.
    /// </summary>
    public int OpeningsPerMinute { get; init; } = 60;

    /// <summary>TCP connections: every stream on its own, and some for health checks and unary calls.</summary>
    public int Connections { get; init; } = 3072;

    /// <summary>
    /// Calls and streams of one connection at once. All providers of one process share a connection; a client that needs more opens
    /// another one by itself.
    /// </summary>
    public int CallsPerConnection { get; init; } = 100;

    /// <summary>
    /// Calls of one connection that were malformed or showed no valid session; then the connection is closed. An honest client makes none,
    /// and whoever goes on pays for a new connection, with its TLS, each time.
    /// </summary>
    public int BadCallsPerConnection { get; init; } = 64;

    /// <summary>
    /// Bad promises of one identity at once: malformed, for somebody else, or with a signature that is not the consumer's. An honest
    /// provider looks at a signature before it hands a promise in. With more, its batches are LIMIT_EXCEEDED before anything in them is
    /// verified: four full batches, 40 ms of a core.
    /// </summary>
    public int BadPromisesPerIdentity { get; init; } = 1024;

    /// <summary>
    /// Bad promises of one identity that are forgiven a second: a thousand identities that do nothing else cost two thirds of a core.
    /// </summary>
    public int BadPromisesForgivenPerSecond { get; init; } = 16;

    /// <summary>
    /// Identities whose bad promises are remembered, at about 100 bytes each: as many as there can be streams, four times. To be forgotten,
    /// an identity must wait for as many others to misbehave.
    /// </summary>
    public int BadIdentities { get; init; } = 8192;

    /// <summary>
    /// Promises and reveals that were read and not answered yet, on the whole node. About 1 KiB each from the wire to the answer, so 128
    /// MiB; more is OVERLOADED.
    /// </summary>
    public int ItemsInFlight { get; init; } = 128 * 1024;

    /// <summary>
    /// Signatures waiting for verification: about one second's work for one core with the native library, so that a full queue still meets
    /// the request's deadline; more is OVERLOADED.
    /// </summary>
    public int VerificationQueue { get; init; } = 32 * 1024;

    /// <summary>Threads that verify signatures: all cores but one, which is left for the cluster's own work.</summary>
    public int VerificationThreads { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Consumers whose public key and channel address are remembered, at about 300 bytes each.</summary>
    public int KnownConsumers { get; init; } = 128 * 1024;

    /// <summary>
    /// Unary challenges remembered as used until they expire, at about 100 bytes each: 4,000 unary calls a second over
    /// <see cref="ChallengeLifetime"/>. When it is full, calls are OVERLOADED: forgetting a used challenge early would let its signature be
    /// replayed.
    /// </summary>
    public int UsedChallenges { get; init; } = 256 * 1024;

    /// <summary>How long a new stream may take to show its signature: two slow round trips, and signing takes microseconds.</summary>
    public TimeSpan SessionOpenDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far ahead a session's deadline may lie: a signature that never expires is worth stealing.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a unary challenge holds: a round trip and a signature, generously.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// From a batch's arrival to its answer: a shard that moves to another node needs some seconds; then OUTCOME_UNKNOWN, and the caller
    /// asks again.
    /// </summary>
    public TimeSpan RequestDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a caller may leave answers unread before its stream is reset: its batches hold memory meanwhile.</summary>
    public TimeSpan WriteDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stream may go without a batch. Opening one costs a signature, so a quiet provider loses nothing.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Calls of a transaction maker's from one network address at once, quotes and questions: a client that has ten jobs asks for a quote
    /// and looks at each some times.
    /// </summary>
    public int MakerCallsPerAddress { get; init; } = 120;

    /// <summary>Calls of one address that are forgiven a minute: one a second.</summary>
    public int MakerCallsPerMinute { get; init; } = 60;

    /// <summary>
    /// Jobs from one network address at once. Each costs a handful of reads of the chain before it is taken, and an Ethereum node has
    /// limits of its own.
    /// </summary>
    public int JobsPerAddress { get; init; } = 10;

    /// <summary>Jobs of one address that are forgiven a minute: a provider settles some times a day.</summary>
    public int JobsPerMinute { get; init; } = 6;

    /// <summary>
    /// Clients that watch their jobs at once: a stream each, and a look into a table every <see cref="JobWatchInterval"/>.
    /// </summary>
    public int JobWatches { get; init; } = 512;

    /// <summary>How long a job is watched in one call: longer than a dozen blocks take.</summary>
    public TimeSpan JobWatch { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a watched job is looked at.</summary>
    public TimeSpan JobWatchInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// From the moment that the node stops until calls that are still at work are cut off: a batch's deadline, and some time to write its
    /// answer. Whoever takes longer reads nothing, and asks another node again.
    /// </summary>
    public TimeSpan DrainDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A quiet connection is pinged that often, and given up when the ping is not answered in the same time: a dead peer holds its places
    /// for a minute, not for the hours that TCP takes.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Says which limit makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is zero or negative, or a full batch does not fit into the queues.</exception>
    public void Validate()
    {
        AtLeast(1, MessageBytes);
        AtLeast(1, PromisesPerBatch);
        AtLeast(1, RevealsPerBatch);
        AtLeast(1, RequestsInFlightPerStream);
        AtLeast(1, StreamsPerIdentity);
        AtLeast(1, Streams);
        AtLeast(1, StreamsAwaitingSession);
        AtLeast(1, UnaryCalls);
        AtLeast(1, EvidenceCalls);
        AtLeast(1, OpeningCalls);
        AtLeast(1, OpeningsPerMinute);
        AtLeast(1, Connections);
        AtLeast(1, CallsPerConnection);
        AtLeast(1, BadCallsPerConnection);
        AtLeast(1, BadPromisesPerIdentity);
        AtLeast(1, BadPromisesForgivenPerSecond);
        AtLeast(1, BadIdentities);
        AtLeast(PromisesPerBatch + RevealsPerBatch, ItemsInFlight);
        AtLeast(PromisesPerBatch, VerificationQueue);
        AtLeast(1, VerificationThreads);
        AtLeast(1, KnownConsumers);
        AtLeast(1, UsedChallenges);
        AtLeast(1, MakerCallsPerAddress);
        AtLeast(1, MakerCallsPerMinute);
        AtLeast(1, JobsPerAddress);
        AtLeast(1, JobsPerMinute);
        AtLeast(1, JobWatches);
        Positive(SessionOpenDeadline);
        Positive(SessionLifetime);
        Positive(ChallengeLifetime);
        Positive(RequestDeadline);
        Positive(WriteDeadline);
        Positive(StreamIdle);
        Positive(DrainDeadline);
        Positive(KeepAlive);
        Positive(JobWatch);
        Positive(JobWatchInterval);
    }

    private static void AtLeast(int least, int limit, [CallerArgumentExpression(nameof(limit))] string name = "") =>
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, least, name);

    private static void Positive(TimeSpan limit, [CallerArgumentExpression(nameof(limit))] string name = "") =>
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, name);
}

namespace AccountantCluster.Cluster;

/// <summary>Every limit and interval of the cluster, each with its reason. What one channel may hold is in Channels' own limits.</summary>
internal static class ClusterLimits
{
    /// <summary>
    /// Shards per kind of channel: ten per node for a dozen nodes. Fixed for ever, because the shard of a channel follows from it and all
    /// nodes must agree.
    /// </summary>
    public const int Shards = 128;

    /// <summary>
    /// Events of a consumer channel between snapshots. Acknowledgements are not events, so after a restart all credits since the snapshot
    /// count as unacknowledged; below Channels' limit on those (32), so that a restart alone never makes a channel refuse.
    /// </summary>
    public const int ConsumerEventsPerSnapshot = 24;

    /// <summary>
    /// Events of a provider channel between snapshots. Its snapshot holds about 40 bytes per consumer channel, 400 KiB for 10,000 of them,
    /// which is to be written once in some hundred batches; replaying 400 events takes a few milliseconds.
    /// </summary>
    public const int ProviderEventsPerSnapshot = 400;

    /// <summary>
    /// For a provider with more than 40,000 consumers, one event more between snapshots for each 100 of them: 4 KB of snapshot per event,
    /// however many there are. A million of them are 10,000 events to replay, a fraction of a second beside the 40 MB of the snapshot.
    /// </summary>
    public const int ConsumersPerSnapshotEvent = 100;

    /// <summary>
    /// For a consumer that paid more than 240 providers, one event more between snapshots for each 10 of them: 1 KB of snapshot per event.
    /// After a restart one of them whose credits count as unacknowledged may have to wait for their acknowledgement, for seconds.
    /// </summary>
    public const int ProvidersPerSnapshotEvent = 10;

    /// <summary>
    /// Events of a lane of transactions between snapshots: some twenty batches. Its snapshot holds the outcomes that are remembered, 130
    /// bytes each.
    /// </summary>
    public const int LaneEventsPerSnapshot = 64;

    /// <summary>
    /// Events of a transaction maker between snapshots: some sixty jobs. Its snapshot holds what is remembered of jobs that are over, 200
    /// bytes each, and the calls of those that are not.
    /// </summary>
    public const int MakerEventsPerSnapshot = 128;

    /// <summary>
    /// Jobs that a transaction maker looks at on chain at once before it takes them, a handful of reads each: as many as an honest crowd
    /// brings in a second, and no more than an Ethereum node likes.
    /// </summary>
    public const int JobsPrepared = 32;

    /// <summary>A transaction maker answers within this time: some reads of the chain, and a write.</summary>
    public static readonly TimeSpan MakerAnswer = TimeSpan.FromSeconds(30);

    /// <summary>What gas costs is not asked again in this time, however many want a quote: a part of a block.</summary>
    public static readonly TimeSpan GasPriceAge = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Events of the observer between snapshots: some hundred registrations. One more for each 100 consumers, as in a provider channel.
    /// </summary>
    public const int ObserverEventsPerSnapshot = 256;

    /// <summary>
    /// Promises of one batch, and so of the largest message: with 32 credits of 110 bytes for each, 14 MiB fit into a frame of 16 MiB
    /// (remote.conf).
    /// </summary>
    public const int PromisesPerBatch = 4_096;

    /// <summary>
    /// Rs of one batch: a session's windows after a long silence, many times over; each costs some hashes in the provider channel's
    /// mailbox.
    /// </summary>
    public const int RevealsPerBatch = 256;

    /// <summary>
    /// Writes that a batch needs besides one for each promise: what it discloses, its credits, and the total that is signed. So the numbers
    /// below bound batches without promises too, and all of them at 5,461 of a few KiB.
    /// </summary>
    public const int WritesPerBatch = 3;

    /// <summary>
    /// Writes of all batches at work on one node, at most: PostgreSQL takes them in within a second, SQLite (2,600 events a second) in six,
    /// which is within the share of the deadline that offers have. And three nodes' fit into the journal's queue (persistence.conf), which
    /// would fail the channels that come after. How many may really be at work is learned from the journal that there is (AdmissionWindow).
    /// </summary>
    public const int WritesInFlight = 16_384;

    /// <summary>
    /// Writes that may be at work before anything was learned: SQLite takes 0.8 s for them, a disk that needs 1.5 ms per flush three.
    /// </summary>
    public const int FirstWritesInFlight = 2_048;

    /// <summary>
    /// Writes that may be at work however slow the journal: one full batch of the edge's, which even a disk of 50 flushes a second takes in
    /// within a deadline.
    /// </summary>
    public const int LeastWritesInFlight = 260;

    /// <summary>
    /// Batches of one node that wait until there is room, in the order in which they came: all that the streams of some dozen providers
    /// may have under way, 25 MiB if every one of them is full.
    /// </summary>
    public const int BatchesWaiting = 256;

    /// <summary>
    /// The part of a batch's deadline for which it may wait for room. What is left is enough for work that was admitted; the sooner a
    /// provider hears OVERLOADED, the sooner it goes to another node.
    /// </summary>
    public const double WaitShareOfDeadline = 0.25;

    /// <summary>How often those that wait are looked at: a small part of the time that they may wait, and nothing beside a batch.</summary>
    public static readonly TimeSpan WaitCheckInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A channel of which nothing is stored yet stays awake for so long without a message, not for Akka's two minutes: anybody can name
    /// identities by the thousand, and each is an actor until it sleeps. As fast as a journal wakes channels (1,000 a second), 5,000 of
    /// them at some KiB each.
    /// </summary>
    public static readonly TimeSpan StrangersIdle = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Connections of one node to PostgreSQL, which takes 100 from all nodes unless it is told otherwise: three nodes fit. One writes, the
    /// others read for channels that wake, and a burst of those waits its turn instead of failing.
    /// </summary>
    public const int DatabaseConnections = 32;

    /// <summary>
    /// Writes that are looked at in one question to a shared database after they were stored: some groups of the journal's at once, in 50
    /// KiB.
    /// </summary>
    public const int WritesPerFence = 512;

    /// <summary>
    /// How often a write that shared its transaction with one whose number was taken is tried. Each time the channel to blame is fenced, so
    /// that even a node full of old ones is through with them soon; what fails this often is something else, and stops its channel.
    /// </summary>
    public const int WriteAttempts = 10;

    /// <summary>
    /// Promises that cross between nodes in one envelope. With 32 credits of 110 bytes for each, their answer is 1 MiB: far below a frame
    /// (remote.conf), and no heartbeat waits long behind it. Larger ones save little.
    /// </summary>
    public const int PromisesPerEnvelope = 256;

    /// <summary>
    /// Answers to an envelope that wait for others go back after this time. The last one takes them along at once, so that it is only felt
    /// where a channel is slow or dead, and then only by the others' part of the deadline.
    /// </summary>
    public static readonly TimeSpan EnvelopeFlush = TimeSpan.FromMilliseconds(100);

    /// <summary>Answers to an envelope are waited for so long, a batch's deadline several times over.</summary>
    public static readonly TimeSpan EnvelopePatience = TimeSpan.FromSeconds(30);

    /// <summary>Between two log lines that say how much of its traffic a node answers itself; none where there was none.</summary>
    public static readonly TimeSpan RoutingReport = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Unanswered messages of a batch go out again after this time. A shard that moves drops what is under way; two seconds let a slow disk
    /// answer first and leave several tries within a deadline of ten.
    /// </summary>
    public static readonly TimeSpan ResendInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The part of a batch's deadline that its consumer channels may use. What has answered by then is credited and signed in the rest: one
    /// slow channel costs its own promise, not the batch.
    /// </summary>
    public const double OffersShareOfDeadline = 0.7;

    /// <summary>
    /// How much longer than its deadline a batch is waited for: the answer OUTCOME_UNKNOWN is made at the deadline and still has to arrive.
    /// </summary>
    public static readonly TimeSpan AnswerGrace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A channel sends what the other side has not acknowledged after this time, and again. Credits usually arrive with their batch and Rs
    /// are usually disclosed by the next window's hashlock, so that waiting saves most of these messages and their journal rows.
    /// </summary>
    public static readonly TimeSpan RedeliveryInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Consumer channels that one provider channel tells Rs in one interval: waking 256 sleeping channels keeps a SQLite journal busy for
    /// 0.3 s.
    /// </summary>
    public const int RevealDeliveriesPerInterval = 256;

    /// <summary>
    /// Totals that the signer's memory writes in one transaction: one flush of the disk for as many answers as wait for it, within 50 ms.
    /// </summary>
    public const int TotalsPerWrite = 4_096;

    /// <summary>
    /// Totals that wait for the signer's memory, at about 150 bytes each: those of four nodes' full queues. With more the disk is stuck,
    /// not busy, and a total is not signed (OUTCOME_UNKNOWN).
    /// </summary>
    public const int TotalsWaiting = 65_536;

    /// <summary>
    /// A signature is waited for so long: a look into the journal and a flush of the signer's disk, many times over, and a part of a
    /// batch's deadline of ten seconds that still lets its answer arrive. While nobody signs, batches are credited and say so
    /// (OUTCOME_UNKNOWN).
    /// </summary>
    public static readonly TimeSpan SigningDeadline = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Journals that the signer reads at once: a quarter of its node's connections (<see cref="DatabaseConnections"/>), so that the
    /// channels there are not held up.
    /// </summary>
    public const int SignerReads = 8;

    /// <summary>
    /// Signatures that the signer has under way: as many as it reads the journal for within <see cref="SigningDeadline"/>, at 6 ms each.
    /// </summary>
    public const int SignaturesUnderWay = 4_096;

    /// <summary>
    /// Credits of consumers to providers that the signer keeps between two looks into their journals, at about 150 bytes each: 75 MB.
    /// Others are read again from their snapshot.
    /// </summary>
    public const int CreditsAudited = 500_000;

    /// <summary>
    /// Intervals in which all Rs that wait are sent, however many: a minute. So no more wait than a minute's credits, also for a provider
    /// whose consumers pay more often in all than the number above allows for and each too seldom to hear of R from the next promise.
    /// </summary>
    public const int IntervalsPerRevealBacklog = 30;

    /// <summary>
    /// A question of the chain side goes out again after this time, while its deadline lasts: like <see cref="ResendInterval"/>.
    /// </summary>
    public static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(2);

    /// <summary>A lane answers a question within this time, or is asked again: it may simulate a full batch, and write an event.</summary>
    public static readonly TimeSpan LaneAnswer = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whoever sent a transaction waits for it this long: a dozen blocks and some patience. No other round begins meanwhile, and an exit's
    /// must.
    /// </summary>
    public static readonly TimeSpan LanePatience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A lane, or the observer, that the journal failed comes back after this time: long enough not to be a storm, short beside a block.
    /// </summary>
    public static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(1);

    /// <summary>The pause grows up to this, while the journal goes on failing it: as for a database that is away.</summary>
    public static readonly TimeSpan ReturnAtLatest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Channels of each kind remembered as worth a row of a batch, at about 100 bytes each; the others are found when they change again.
    /// </summary>
    public const int ReportedChannels = 100_000;

    /// <summary>
    /// Registrations that a node's channels hold and whoever grants fast openings was not told of, at about 400 bytes each: 200 KiB in one
    /// message at most. Far more than an accountant grants within minutes; the others come again.
    /// </summary>
    public const int ReportedOpenings = 512;

    /// <summary>
    /// Registrations that wait for their tokens to be confirmed, or for somebody else's opening to end, in memory: four calls of the
    /// Ethereum node each, with every block.
    /// </summary>
    public const int OpeningsWaiting = 512;

    /// <summary>
    /// Registrations that the accountant sends at the same time: eight of 200,000 gas are a small part of a block, and the next ones follow
    /// when these are confirmed.
    /// </summary>
    public const int RegistrationsAtOnce = 8;

    /// <summary>
    /// How often the accountant looks for registrations to send: some blocks, so that what somebody else has sent is not sent again.
    /// </summary>
    public static readonly TimeSpan RegisterInterval = TimeSpan.FromMinutes(1);

    /// <summary>How often a node tells whoever settles of them: a small part of a round, and nothing beside the traffic.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    /// <summary>Between two attempts to collect from a consumer who can soon take its tokens away: five of Ethereum's blocks.</summary>
    public static readonly TimeSpan ExitInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Channels of each kind in one such message, those with most to settle first: 500 KiB, so that no heartbeat waits for it.
    /// </summary>
    public const int ChannelsPerReport = 8_192;

    /// <summary>Between two looks whether the ways to the channels lead anywhere: two small questions to those who place shards.</summary>
    public static readonly TimeSpan StandingInterval = TimeSpan.FromSeconds(5);

    /// <summary>The same while a node starts: whoever started it waits for it to say that it is ready.</summary>
    public static readonly TimeSpan FirstStandingInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Without a coordinator of shards for so long, a node should not be sent work: longer than one whose node died takes to begin anew
    /// (half a minute, cluster.conf). Meanwhile known shards go on, and nodes that all say at once that they serve nobody help nobody.
    /// </summary>
    public static readonly TimeSpan RegionsSilence = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the phases of a node's shutdown may take together, at their limits (shutdown.conf); usually some seconds. The edge's share
    /// comes on top. Whoever ends processes waits longer than that before it kills them.
    /// </summary>
    public static readonly TimeSpan ShutdownDeadline = TimeSpan.FromSeconds(100);

    /// <summary>
    /// A cluster of which no member was heard of for so long is gone, and another one may begin. Five times as long as a member waits
    /// between two signs of life; as long as channels are away when all nodes died at once.
    /// </summary>
    public static readonly TimeSpan FormationLease = TimeSpan.FromSeconds(20);

    /// <summary>Between two signs of life of a member: a row for each node, seldom enough to cost the database nothing.</summary>
    public static readonly TimeSpan FormationKeeping = TimeSpan.FromSeconds(4);

    /// <summary>How long a node tries to join the members that it was told of, before it asks who they are now.</summary>
    public static readonly TimeSpan FormationAttempt = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A node that has not found a cluster by then ends, so that whoever runs it sees it and starts it again: a few leases, and a restart
    /// of the database.
    /// </summary>
    public static readonly TimeSpan FormationPatience = TimeSpan.FromSeconds(120);

    /// <summary>One statement about the formation, a handful of rows: what takes longer is a database that is away.</summary>
    public static readonly TimeSpan FormationCommand = TimeSpan.FromSeconds(5);
}

namespace AccountantCluster.Protocol;

/// <summary>
/// The consumer's cumulative promise to its channel, bound to one agreement: the paper's whole ExchangeMessage (§4.4) in one signature.
/// </summary>
/// <param name="ChannelId">Left-padded address of the consumer channel.</param>
/// <param name="Amount">Cumulative amount promised out of the channel, to everybody together.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
/// <param name="Agreement">Who is paid, and for which session.</param>
public readonly record struct ConsumerPromise(Bytes32 ChannelId, Amount Amount, Hashlock Hashlock, Agreement Agreement);

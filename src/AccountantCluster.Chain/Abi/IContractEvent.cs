namespace AccountantCluster.Chain;

/// <summary>A typed event that is read from a log.</summary>
/// <typeparam name="TSelf">The event's own type.</typeparam>
public interface IContractEvent<TSelf>
    where TSelf : IContractEvent<TSelf>
{
    /// <summary>Its name and types.</summary>
    static abstract AbiEvent Definition { get; }

    /// <summary>Reads it from a log that has its topic.</summary>
    /// <param name="indexed">The topics after the first one, as consecutive words.</param>
    /// <param name="data">The values that are not topics.</param>
    /// <param name="log">Where the event comes from.</param>
    /// <exception cref="AbiException">The values are not what the event declares.</exception>
    static abstract TSelf Read(AbiDecoder indexed, AbiDecoder data, LogEntry log);
}

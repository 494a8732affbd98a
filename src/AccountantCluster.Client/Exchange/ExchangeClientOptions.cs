namespace AccountantCluster.Client.Exchange;

/// <summary>How long a provider waits for its accountant, and how often it asks again.</summary>
public sealed record ExchangeClientOptions
{
    /// <summary>A session must be open after this: two slow round trips and a look into the provider's channel.</summary>
    public TimeSpan OpenDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// One answer must be there after this, or the connection counts as dead. The accountant itself gives up after 10 seconds and says so.
    /// </summary>
    public TimeSpan AnswerDeadline { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A batch, all repetitions included, ends as OUTCOME_UNKNOWN after this.</summary>
    public TimeSpan ExchangeDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a batch is asked again that was answered OUTCOME_UNKNOWN, OVERLOADED or LIMIT_EXCEEDED.</summary>
    public int MaxRepetitions { get; init; } = 6;

    /// <summary>The first pause before asking or connecting again; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Unanswered batches at once; the accountant's terms may allow fewer.</summary>
    public int RequestsInFlight { get; init; } = 8;

    /// <summary>
    /// How far ahead a session's deadline lies: long enough for a clock that is wrong by some seconds, too short to be worth stealing.
    /// </summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// PEM file of the authorities that the accountant's certificate must come from; null: those that the machine trusts. Means nothing for
    /// http://, which is for the accountant's own machine.
    /// </summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The pause before the given repetition, from 1.</summary>
    internal TimeSpan Pause(int repetition)
    {
        var doublings = Math.Clamp(repetition - 1, 0, 20);
        return TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << doublings));
    }
}

using System.Text.Json;
using System.Threading.Channels;
using LinqToDB;
using LinqToDB.Data;

namespace AccountantCluster.Cluster;

/// <summary>
/// Asks the database how far channels have come, past everything that this process believes. Questions that come while one is under way
/// share the next. Safe for concurrent use.
/// </summary>
internal sealed class WriteFence
{
    // One look into the unique index for each: a semi-join would let the planner read the whole table instead.
    private const string PostgreSql = """
        SELECT asked.place FROM json_to_recordset(CAST(@asked AS json)) AS asked(place int, id text, number bigint)
        CROSS JOIN LATERAL (SELECT 1 FROM journal WHERE persistence_id = asked.id AND sequence_number >= asked.number LIMIT 1) AS found
        """;

    private const string Sqlite = """
        SELECT json_extract(asked.value, '$.place') FROM json_each(@asked) AS asked WHERE EXISTS (
            SELECT 1 FROM journal WHERE persistence_id = json_extract(asked.value, '$.id')
                AND sequence_number >= json_extract(asked.value, '$.number'))
        """;

    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DataOptions _options;
    private readonly string _sql;

    /// <param name="options">Connections to the journal's database.</param>
    public WriteFence(DataOptions options)
    {
        _options = options;
        _sql = StoreSetup.IsShared(options) ? PostgreSql : Sqlite;
        _ = Task.Run(AnswerAsync);
    }

    /// <summary>Whether the journal holds an event of a channel with that number or a higher one, deleted ones included.</summary>
    /// <exception cref="Exception">The database does not say.</exception>
    public Task<bool> IsReachedAsync(string persistenceId, long number)
    {
        var question = new Question(
            persistenceId, number, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        ObjectDisposedException.ThrowIf(!_questions.Writer.TryWrite(question), this);
        return question.Answer.Task;
    }

    /// <summary>No question comes any more; those that wait are answered.</summary>
    public void Close() => _questions.Writer.TryComplete();

    private async Task AnswerAsync()
    {
        var asked = new List<Question>();
        while (await _questions.Reader.WaitToReadAsync())
        {
            while (asked.Count < ClusterLimits.WritesPerFence && _questions.Reader.TryRead(out var question)) asked.Add(question);
            try
            {
                var reached = await AskAsync(asked);
                for (var place = 0; place < asked.Count; place++) asked[place].Answer.SetResult(reached.Contains(place));
            }
            catch (Exception problem)
            {
                foreach (var question in asked) question.Answer.TrySetException(problem);
            }
            asked.Clear();
        }
    }

    private async Task<HashSet<int>> AskAsync(List<Question> asked)
    {
        var list = JsonSerializer.Serialize(asked.Select((question, place) => new { place, id = question.Id, number = question.Number }));
        await using var connection = new DataConnection(_options);
        return [.. await connection.QueryToListAsync<int>(_sql, DataParameter.NVarChar("asked", list))];
    }

    private readonly record struct Question(string Id, long Number, TaskCompletionSource<bool> Answer);
}

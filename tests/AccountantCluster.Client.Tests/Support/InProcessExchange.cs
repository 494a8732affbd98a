using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>An accountant without a network between; a test may bend what it says.</summary>
internal sealed class InProcessExchange(HonestAccountant accountant, Address provider) : IExchangeClient
{
    private readonly List<ExchangeBatch> _batches = [];

    /// <summary>Turns the honest answer into what the provider hears. Throws for an answer that never comes.</summary>
    public Func<ExchangeBatch, ExchangeAnswer, ExchangeAnswer> Bend { get; set; } = (_, answer) => answer;

    /// <summary>Everything that was handed in.</summary>
    public IReadOnlyList<ExchangeBatch> Batches
    {
        get { lock (_batches) return [.. _batches]; }
    }

    public Func<OpenedSession, OpenedSession> BendOpening { get; set; } = session => session;

    public Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) =>
        Task.FromResult(BendOpening(accountant.Open(provider)));

    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) =>
        Task.FromResult(BendOpening(accountant.Open(provider)).Latest);

    public Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        lock (_batches) _batches.Add(batch);
        return Task.FromResult(Bend(batch, accountant.Exchange(provider, batch)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

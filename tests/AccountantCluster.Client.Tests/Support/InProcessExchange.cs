using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>An accountant without a network between; a test may bend what it says.</summary>
internal sealed class InProcessExchange(HonestAccountant accountant, Address provider) : IExchangeClient
{
    private readonly List<ExchangeBatch> _batches = [];
    private readonly List<ExchangeAnswer> _answers = [];
    private readonly List<(SettleablePromise?, IReadOnlyList<CollectablePromise>, EvidenceAnswer, int)> _evidence = [];

    /// <summary>Turns the honest answer into what the provider hears. Throws for an answer that never comes.</summary>
    public Func<ExchangeBatch, ExchangeAnswer, ExchangeAnswer> Bend { get; set; } = (_, answer) => answer;

    /// <summary>Everything that was handed in.</summary>
    public IReadOnlyList<ExchangeBatch> Batches
    {
        get { lock (_batches) return [.. _batches]; }
    }

    /// <summary>Everything that was heard.</summary>
    public IReadOnlyList<ExchangeAnswer> Answers
    {
        get { lock (_batches) return [.. _answers]; }
    }

    public Func<OpenedSession, OpenedSession> BendOpening { get; set; } = session => session;

    public Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) =>
        Task.FromResult(BendOpening(accountant.Open(provider)));

    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) =>
        Task.FromResult(BendOpening(accountant.Open(provider)).Latest);

    public Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        lock (_batches) _batches.Add(batch);
        var answer = Bend(batch, accountant.Exchange(provider, batch));
        lock (_batches) _answers.Add(answer);
        return Task.FromResult(answer);
    }

    /// <summary>Everything that was brought as evidence, with what was said of it, and how many batches had gone before.</summary>
    public IReadOnlyList<(SettleablePromise? Total, IReadOnlyList<CollectablePromise> Promises, EvidenceAnswer Answer, int After)> Evidence
    {
        get { lock (_batches) return [.. _evidence]; }
    }

    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default)
    {
        var answer = accountant.Prove(provider, total, promises);
        lock (_batches) _evidence.Add((total, promises, answer, _batches.Count));
        return Task.FromResult(answer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

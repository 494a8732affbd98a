using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>
/// An honest accountant behind a network that loses requests and answers, and delivers copies of old batches long after. Knows what the
/// accountant can open.
/// </summary>
internal sealed class UnreliableExchange(HonestAccountant accountant, Address provider) : IExchangeClient
{
    private readonly HashSet<Bytes32> _disclosed = [];

    /// <summary>What becomes of the next exchange with promises.</summary>
    public Fate Next { get; set; }

    public List<ExchangeBatch> Sent { get; } = [];

    /// <summary>What the provider heard for good.</summary>
    public Dictionary<SignedPromise, RejectionReason> Answered { get; } = [];

    public Task<OpenedSession> OpenAsync(CancellationToken cancellation = default) => Task.FromResult(accountant.Open(provider));

    public Task<LatestPromise> GetLatestAsync(CancellationToken cancellation = default) =>
        Task.FromResult(accountant.Open(provider).Latest);

    public Task<ExchangeAnswer> ExchangeAsync(ExchangeBatch batch, CancellationToken cancellation = default)
    {
        var fate = batch.Promises.Count > 0 ? Next : Fate.Delivered;
        if (batch.Promises.Count > 0) Next = Fate.Delivered;
        Sent.Add(batch);
        // A request that is lost was on the wire.
        foreach (var promise in batch.Promises) _disclosed.Add(promise.Hashlock.Value);
        if (batch.Hashlock is { } hashlock) _disclosed.Add(hashlock.Value);
        foreach (var r in batch.Reveals ?? []) _disclosed.Add(r.Value);
        if (fate == Fate.RequestLost) return Task.FromResult(ExchangeAnswer.OutcomeUnknown(batch));

        var answer = accountant.Exchange(provider, batch);
        if (fate == Fate.AnswerLost) return Task.FromResult(ExchangeAnswer.OutcomeUnknown(batch));
        foreach (var (promise, result) in batch.Promises.Zip(answer.Promises)) Answered[promise] = result.Reason;
        return Task.FromResult(answer);
    }

    /// <summary>A copy arrives, and its answer never comes.</summary>
    public void DeliverAgain(int index) => accountant.Exchange(provider, Sent[index % Sent.Count]);

    /// <summary>Whether somebody who reads the wire can open a hashlock.</summary>
    public bool IsPublic(Hashlock hashlock) => _disclosed.Any(value => HashSteps.Find(value, hashlock) is not null);

    public Task<EvidenceAnswer> SubmitEvidenceAsync(
        SettleablePromise? total, IReadOnlyList<CollectablePromise> promises, CancellationToken cancellation = default) =>
        Task.FromResult(accountant.Prove(provider, total, promises));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal enum Fate
    {
        Delivered,
        RequestLost,
        AnswerLost,
    }
}

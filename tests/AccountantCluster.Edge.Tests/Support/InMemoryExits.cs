using System.Collections.Concurrent;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>The seam of exits: writes down what arrives, and consents unless a test says otherwise.</summary>
internal sealed class InMemoryExits : IExits
{
    public ConcurrentQueue<(Address Channel, ExitConsent Consent)> Asked { get; } = [];

    /// <summary>What channels say.</summary>
    public RejectionReason Says { get; set; }

    /// <summary>Thrown instead of an answer; null for none.</summary>
    public Exception? Fault { get; set; }

    public Task<ConsentAnswer> ConsentAsync(
        Address channel, ExitConsent consent, TimeSpan deadline, CancellationToken cancellation)
    {
        Asked.Enqueue((channel, consent));
        if (Fault is not null) throw Fault;
        return Task.FromResult(Says == RejectionReason.None
            ? new ConsentAnswer(Says, Curve.Default.Sign(TestTerms.Domain.Digest(consent.For(channel)), TestKeys.Operator))
            : new ConsentAnswer(Says, Signature: null));
    }
}

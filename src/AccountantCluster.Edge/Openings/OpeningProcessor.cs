using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Edge;

/// <summary>
/// The way of a registration that is handed in before it is mined: read, judged by what needs nobody, its signature verified, and the
/// tokens looked for, before a channel stores anything. Whoever gets that far has locked tokens that only a registration frees.
/// </summary>
internal sealed class OpeningProcessor(
    IOpenings openings,
    IChannelFunds funds,
    AccountantTerms terms,
    ICurve curve,
    VerificationPool pool,
    OpeningGate gate,
    Drain drain,
    EdgeLimits limits,
    EdgeMetrics metrics,
    TimeProvider time,
    ILogger<OpeningProcessor> logger)
{
    /// <summary>The answer to a registration.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone; it may be held.</exception>
    public async Task<Wire.OpenChannelResponse> ProcessAsync(Wire.OpenChannelRequest request, CancellationToken cancellation)
    {
        var answer = await TryProcessAsync(request, cancellation);
        metrics.OpeningAnswered(answer.Reason);
        return new Wire.OpenChannelResponse { Reason = answer.Reason.ToWire(), Spendable = answer.Spendable.ToWire() };
    }

    private async Task<OpeningAnswer> TryProcessAsync(Wire.OpenChannelRequest request, CancellationToken cancellation)
    {
        var reason = OpeningReader.Read(request, out var registration, out var signature);
        if (reason == RejectionReason.None && registration.Accountant != terms.Accountant) reason = RejectionReason.UnknownChannel;
        if (reason == RejectionReason.None)
            reason = ConsumerOpening.Check(registration, terms.Opening, (ulong)time.GetUtcNow().ToUnixTimeSeconds());
        if (reason != RejectionReason.None) return Refuse(reason);
        if (drain.Stopping.IsCancellationRequested || !gate.TryEnter()) return Refuse(RejectionReason.Overloaded);
        try
        {
            return await HoldAsync(registration, signature, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (EthereumException problem)
        {
            // Nothing was handed over yet: this can be said for certain.
            logger.LogWarning(problem, "The chain does not say what lies at the channel of {Identity}.", registration.Identity);
            return Refuse(RejectionReason.Overloaded);
        }
#pragma warning disable CA1031 // A fault behind the seam is this call's, and nobody can say how far it got.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.LogError(exception, "An opening of {Identity} failed unexpectedly.", registration.Identity);
            return Refuse(RejectionReason.OutcomeUnknown);
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task<OpeningAnswer> HoldAsync(RegisterIdentity registration, Signature signature, CancellationToken cancellation)
    {
        if (!pool.TryReserve(1)) return Refuse(RejectionReason.Overloaded);
        var digest = terms.RegistryDomain.Digest(registration);
        if (!await pool.IsSignedAsync(curve, digest, signature, registration.Identity, cancellation))
            return Refuse(RejectionReason.InvalidSignature);
        if (!gate.TryCount()) return Refuse(RejectionReason.Overloaded);

        var channel = terms.ChannelOf(registration.Identity);
        var opening = new Opening(registration, signature, terms.Opening.RegistrationFee);
        // A channel that exists already may not be confirmed yet: it is held all the same.
        if (await ReadFundsAsync(channel, cancellation) is { } tokens && tokens <= opening.Cost) return Refuse(RejectionReason.Overspend);
        // The cluster keeps the deadline itself; twice that is for the case that it does not.
        return await openings.HoldAsync(channel, opening, limits.RequestDeadline, cancellation)
            .WaitAsync(2 * limits.RequestDeadline, time, cancellation);
    }

    // A chain that does not answer must not hold the place longer than the cluster may.
    private async Task<Amount?> ReadFundsAsync(Address channel, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(limits.RequestDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await funds.ReadUnregisteredAsync(channel, either.Token);
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new EthereumUnavailableException("The chain does not answer in time.", problem);
        }
    }

    private static OpeningAnswer Refuse(RejectionReason reason) => new(reason, Amount.Zero);
}

using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// The only holder of the operator key: one per cluster, on the oldest node with the role <c>signer</c>. That it is one is for liveness and
/// a whole memory; two of them would both read the same journal before they sign. What cannot be found out is not answered.
/// </summary>
internal sealed class SigningActor : ReceiveActor, IDisposable
{
    private readonly JournalChannels _channels;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _underWay;

    public SigningActor(SigningKey key, ICurve curve, ClusterMetrics metrics, ILogger<OperatorSigner> logger)
    {
        _channels = new JournalChannels(Context.System);
        var signer = new OperatorSigner(key, _channels, curve, metrics, logger);

        Receive<SignTotal>(asked => Answer(async () => new TotalSigned(await signer.SignAsync(asked.Provider, asked.Total, asked.Number))));
        Receive<SignExit>(asked => Answer(async () => new ExitSigned(await signer.SignAsync(asked.Channel, asked.Consent, asked.Number))));
        Receive<Done>(End);
    }

    /// <summary>Called by the actor system after it has stopped.</summary>
    public void Dispose() => _channels.Dispose();

    private void Answer<T>(Func<Task<T>> sign)
        where T : class, IChannelMessage
    {
        // More would wait for the database longer than anybody waits for them.
        if (_underWay >= ClusterLimits.SignaturesUnderWay) return;
        _underWay++;
        var asking = Sender;
        // Reading the journal must not hold up the next one.
        _ = Task.Run(sign).PipeTo(
            Self, Self, success: answer => new Done(asking, answer, null), failure: problem => new Done(asking, null, problem));
    }

    private void End(Done done)
    {
        _underWay--;
        if (done.Answer is not null) done.Asking.Tell(done.Answer);
        else _log.Warning("Nothing is signed: {0}", done.Problem!.Message);
    }

    private sealed record Done(IActorRef Asking, IChannelMessage? Answer, Exception? Problem) : INoSerializationVerificationNeeded;
}

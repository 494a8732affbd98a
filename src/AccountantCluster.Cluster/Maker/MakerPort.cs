using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>Where this node's transaction maker is, while it is this node that has it. Safe for concurrent use.</summary>
internal sealed class MakerPort
{
    private volatile IActorRef? _current;

    /// <summary>The actor; null while another node has it, or nobody.</summary>
    public IActorRef? Current => _current;

    /// <summary>It is here.</summary>
    public void Open(IActorRef maker) => _current = maker;

    /// <summary>It is not here any more, unless another one has come in between.</summary>
    public void Close(IActorRef maker)
    {
        if (Equals(_current, maker)) _current = null;
    }
}

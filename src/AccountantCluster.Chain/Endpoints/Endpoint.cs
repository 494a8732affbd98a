namespace AccountantCluster.Chain;

/// <summary>One endpoint of a pool, and what is known of its health. Safe for concurrent use.</summary>
internal sealed class Endpoint(NamedEndpoint named, EndpointPoolOptions options, TimeProvider time, Func<IEndpointObserver?> observer)
{
    private readonly Lock _lock = new();
    private EndpointCondition _condition;
    private string _why = "";
    private TimeSpan _rest;
    private long? _restsSince;
    private long? _disagreedAt;
    private ulong? _head;
    private ulong _lag;
    private bool _isSlow;

    /// <summary>What it is called.</summary>
    public string Name => named.Name;

    /// <summary>The way to it.</summary>
    public IEthereumClient Client => named.Client;

    /// <summary>Whether it is to be left alone.</summary>
    public bool IsResting
    {
        get { lock (_lock) return Rests(); }
    }

    /// <summary>Whether somebody else was asked in its place because it took too long, and it has not answered since.</summary>
    public bool IsSlow
    {
        get { lock (_lock) return _isSlow; }
    }

    /// <summary>Whether others of the same rank are better asked first.</summary>
    public bool IsDoubtful
    {
        get { lock (_lock) return _isSlow || _condition != EndpointCondition.Good; }
    }

    /// <summary>The height that it last said it has reached; null where it was never asked.</summary>
    public ulong? Head
    {
        get { lock (_lock) return _head; }
    }

    /// <summary>Whether it is behind by more than is usual.</summary>
    public bool IsLagging
    {
        get { lock (_lock) return _lag > options.TolerableLagBlocks; }
    }

    /// <summary>Whether it has no excuse for not knowing what lies at a height.</summary>
    public bool OughtToKnow(ulong height) => Head is { } head && head >= height && head - height >= options.TolerableLagBlocks;

    /// <summary>Asks, and takes note of whether it answers. Throws only where nobody waits for the answer any more.</summary>
    public async Task<EndpointReply<T>> AskAsync<T>(Func<Endpoint, CancellationToken, Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            var value = await question(this, cancellation);
            Answered();
            return new EndpointReply<T>(this, value, null);
        }
        catch (RpcException refusal)
        {
            return new EndpointReply<T>(this, default, refusal);
        }
        // Whatever an endpoint sends: it must not stop those who have others to ask.
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            var silence = problem as EthereumUnavailableException
                ?? new EthereumUnavailableException("The Ethereum node's answer makes no sense.", problem);
            Failed(silence.Message);
            return new EndpointReply<T>(this, default, silence);
        }
    }

    /// <summary>Asks for its head.</summary>
    public async Task<ulong> ReadHeadAsync(CancellationToken cancellation)
    {
        var head = await Client.GetBlockNumberAsync(cancellation);
        lock (_lock) _head = head;
        return head;
    }

    /// <summary>It did not answer, or refused what others answer: it rests.</summary>
    public void Failed(string why)
    {
        observer()?.Failed(Name);
        lock (_lock) Rest();
        Become(EndpointCondition.Unavailable, why);
    }

    /// <summary>It said otherwise than others.</summary>
    /// <param name="about">What.</param>
    /// <param name="isOutvoted">Whether it is the one that is wrong, and rests. Otherwise nobody knows who is.</param>
    public void Disagreed(string about, bool isOutvoted)
    {
        observer()?.Disagreed(Name);
        lock (_lock)
        {
            _disagreedAt = time.GetTimestamp();
            if (isOutvoted) Rest();
        }
        Become(EndpointCondition.Disagreeing, $"it says otherwise than {(isOutvoted ? "the others" : "another one")} about {about}");
    }

    /// <summary>It said what counts. One that lies now and then is believed again only after a while.</summary>
    public void Agreed()
    {
        lock (_lock)
        {
            if (_condition != EndpointCondition.Disagreeing) return;
            if (_disagreedAt is { } since && time.GetElapsedTime(since) < 2 * options.LongestRest) return;
        }
        Become(EndpointCondition.Good, "it says the same as the others again");
    }

    /// <summary>It took so long that somebody else was asked.</summary>
    public void KeptWaiting()
    {
        lock (_lock) _isSlow = true;
    }

    /// <summary>How far it is behind the head that counts.</summary>
    public void Lags(ulong blocks)
    {
        observer()?.Lags(Name, blocks);
        EndpointCondition before;
        lock (_lock) (_lag, before) = (blocks, _condition);
        if (before == EndpointCondition.Good && blocks > options.TolerableLagBlocks)
            Become(EndpointCondition.Lagging, $"it is {blocks} blocks behind");
        else if (before == EndpointCondition.Lagging && blocks <= options.TolerableLagBlocks)
            Become(EndpointCondition.Good, "it has caught up");
    }

    /// <summary>Tells a new observer what is not as it should be.</summary>
    public void Introduce(IEndpointObserver to)
    {
        EndpointCondition condition;
        string why;
        lock (_lock) (condition, why) = (_condition, _why);
        if (condition != EndpointCondition.Good) to.Changed(Name, condition, why);
    }

    private void Answered()
    {
        lock (_lock)
        {
            _isSlow = false;
            if (_condition != EndpointCondition.Unavailable) return;
        }
        Become(EndpointCondition.Good, "it answers again");
    }

    private void Become(EndpointCondition condition, string why)
    {
        lock (_lock)
        {
            if (_condition == condition) return;
            (_condition, _why) = (condition, why);
        }
        observer()?.Changed(Name, condition, why);
    }

    private bool Rests() => _restsSince is { } since && time.GetElapsedTime(since) < _rest;

    // Many requests that fail at once are one trouble.
    private void Rest()
    {
        if (Rests()) return;
        var isNew = _restsSince is not { } since || time.GetElapsedTime(since) >= _rest + options.LongestRest;
        var next = isNew ? options.FirstRest : 2 * _rest;
        _rest = next < options.LongestRest ? next : options.LongestRest;
        _restsSince = time.GetTimestamp();
    }
}

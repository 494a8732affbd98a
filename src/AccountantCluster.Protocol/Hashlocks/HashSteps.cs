namespace AccountantCluster.Protocol;

/// <summary>
/// The chain of windows (protocol §5): hashlock of window w+1 = R of window w. So a value that a provider discloses, a new hashlock or an
/// R, opens every older window on its chain.
/// </summary>
public static class HashSteps
{
    /// <summary>
    /// The Rs of the hashlocks in question that <paramref name="disclosed"/> leads down to, newest first. The search ends
    /// <see cref="ProtocolLimits.HashSteps"/> steps after the last one found: what one hashlock opens, every later one on its chain opens too,
    /// so that a total signed once is never out of reach of the next.
    /// </summary>
    /// <param name="disclosed">An R, or a hashlock, which is the R of the window before.</param>
    /// <param name="isInQuestion">Which hashlocks are looked for; a finite set.</param>
    public static IEnumerable<Preimage> OpenedBy(Bytes32 disclosed, Func<Hashlock, bool> isInQuestion)
    {
        var r = new Preimage(disclosed);
        for (var left = ProtocolLimits.HashSteps; left > 0; left--)
        {
            var hashlock = r.ToHashlock();
            if (isInQuestion(hashlock))
            {
                yield return r;
                left = ProtocolLimits.HashSteps + 1;
            }
            r = new Preimage(hashlock.Value);
        }
    }

    /// <summary>
    /// The R of <paramref name="hashlock"/>, where <paramref name="known"/> leads down to it within the steps; null elsewhere.
    /// </summary>
    public static Preimage? Find(Bytes32 known, Hashlock hashlock)
    {
        var r = new Preimage(known);
        for (var step = 0; step < ProtocolLimits.HashSteps; step++)
        {
            var opened = r.ToHashlock();
            if (opened == hashlock) return r;
            r = new Preimage(opened.Value);
        }
        return null;
    }
}

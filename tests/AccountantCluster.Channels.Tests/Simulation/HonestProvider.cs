using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// A provider that keeps protocol §5: one open window, R public only when all that was handed in under its hashlock is answered, a new chain at every
/// start.
/// </summary>
internal sealed class HonestProvider(SimulatedAccountant accountant, Address identity, uint firstChain)
{
    private readonly Dictionary<(Address Channel, ulong Agreement), UInt128> _invoiced = [];
    private readonly Dictionary<(Address Channel, ulong Agreement), UInt128> _books = [];
    private readonly Dictionary<int, Batch> _unanswered = [];
    private readonly List<VerifiedPromise> _received = [];
    private readonly Dictionary<Hashlock, Preimage> _preimages = [];
    private TestChain _chain = TestChain.Of(firstChain);
    private uint _nextChain = firstChain + 1;
    private int _window;
    private int _batches;
    private bool _isUsed;
    private bool _isAccepted;
    private bool _isOpenRevealed;
    private bool _isRestarting;
    private bool _isRevealing;
    private SignedTotal? _held;

    public Address Identity => identity;

    /// <summary>Reasons that promises were refused for; none of them may be a false alarm.</summary>
    public HashSet<RejectionReason> Refusals { get; } = [];

    public ulong Session { get; private set; } = 1;

    public Hashlock OpenHashlock => _chain.Hashlock(_window);

    /// <summary>Takes no invoices before the windows of the last process are revealed, or while its own is being revealed.</summary>
    public bool IsOpen => !_isRestarting && !_isRevealing;

    public bool HasUnanswered => _unanswered.Count > 0;

    public bool HasReceived => _received.Count > 0;

    /// <summary>What the provider's own books say it earned: handed in, answered and not refused.</summary>
    public UInt128 Earned => _books.Values.Aggregate(UInt128.Zero, (sum, total) => sum + total);

    public UInt128 Promised => _held?.Promised.Units ?? 0;

    /// <summary>The total to ask a consumer for; null where too much is on its way already.</summary>
    public UInt128? Invoice(Address channel, UInt128 delta)
    {
        var key = (channel, Session);
        var total = _invoiced.GetValueOrDefault(key) + delta;
        var waiting = _invoiced.Where(pair => pair.Key.Channel == channel)
            .Aggregate(delta, (sum, pair) => sum + pair.Value - UInt128.Min(pair.Value, _books.GetValueOrDefault(pair.Key)));
        if (!IsOpen || waiting > accountant.Policy.ExposureLimit.Units) return null;
        _invoiced[key] = total;
        return total;
    }

    /// <summary>What was invoiced, may have been lost on the way, and is asked for again in the open window.</summary>
    public IEnumerable<(Address Channel, ulong Agreement, UInt128 Total)> Outstanding() =>
        _invoiced.Where(pair => pair.Value > _books.GetValueOrDefault(pair.Key)).Select(pair => (pair.Key.Channel, pair.Key.Agreement, pair.Value));

    /// <summary>Asks for no more than the consumer signed: it cannot pay.</summary>
    public void LowerInvoice(Address channel, ulong agreement, UInt128 signed) => _invoiced[(channel, agreement)] = signed;

    public void Receive(VerifiedPromise promise)
    {
        // A late promise is not handed in: the same total is asked for in the open window.
        if (IsOpen && promise.Promise.Hashlock == OpenHashlock) _received.Add(promise);
    }

    public void HandIn(Tape tape, int most)
    {
        if (!IsOpen || _received.Count == 0) return;
        var promises = new List<VerifiedPromise>();
        while (promises.Count < most && _received.Count > 0)
        {
            var index = tape.Next(_received.Count);
            promises.Add(_received[index]);
            _received.RemoveAt(index);
        }
        _isUsed = true;
        Send(new Batch(_batches++, [], promises, OpenHashlock, _chain.Position(_window)));
    }

    public void Retry(Tape tape)
    {
        if (_unanswered.Count > 0) accountant.HandIn(Identity, _unanswered.Values.ElementAt(tape.Next(_unanswered.Count)), Receive);
    }

    /// <summary>Opens the next window, where the books allow it; its first hand-in reveals this one.</summary>
    public void TurnWindow()
    {
        if (!IsOpen || !MayReveal || !_isAccepted || _held!.Hashlock != OpenHashlock) return;
        if (_window == TestChain.Windows - 1)
        {
            Restart();
            return;
        }
        OpenWindow(_window + 1);
    }

    /// <summary>A new process: unanswered batches are on disk, promises not handed in are not.</summary>
    public void Restart()
    {
        _isRestarting = true;
        _received.Clear();
        FinishRestart();
    }

    /// <summary>Old windows are signed and revealed before the new chain's first hand-in.</summary>
    public void FinishRestart()
    {
        if (!_isRestarting || !MayReveal || _isRevealing) return;
        if (_held is null && !_isUsed) BeginChain();
        else Reveal();
    }

    /// <summary>
    /// Reveals the window of the promise held, and the open one if something was handed in there, without a next one: the end of a session. Also where
    /// all of it was refused: a late copy of the batch may be accepted after all, and under a hashlock that stays closed it would never be signed.
    /// </summary>
    public void Reveal()
    {
        if (_isRevealing || !MayReveal || (_held is null && !_isUsed)) return;
        _isRevealing = true;
        _received.Clear();
        List<Preimage> reveals = [];
        if (_held is { } held) reveals.Add(_preimages[held.Hashlock]);
        if (_isUsed) reveals.Add(_chain.R(_window));
        _isOpenRevealed = _isUsed || _held!.Hashlock == OpenHashlock;
        Send(new Batch(_batches++, reveals, [], _isUsed ? OpenHashlock : _held!.Hashlock, _isUsed ? _chain.Position(_window) : _held!.Position));
    }

    // Everything handed in is answered, and the promise held is worth what the books say.
    private bool MayReveal
    {
        get
        {
            if (_unanswered.Count > 0) return false;
            var fee = FeeSchedule.Free.ChangeTo(accountant.FeeBasisPoints, Amount.Zero).FeeOn(new Amount(Earned)).Units;
            Assert.True(Promised >= Earned - fee, $"Earned {Earned}, fee {fee}, yet promised {Promised}.");
            return true;
        }
    }

    private void Send(Batch batch)
    {
        _preimages[OpenHashlock] = _chain.R(_window);
        _unanswered.Add(batch.Id, batch);
        accountant.HandIn(Identity, batch, Receive);
    }

    private void Receive(Answer answer)
    {
        if (!_unanswered.TryGetValue(answer.Id, out var batch)) return;
        if (answer.Reason == RejectionReason.RevealFirst)
        {
            // Nothing is lost: the batch is handed in again when what is in the way is revealed.
            accountant.OpenSession(Identity, TakeUp);
            return;
        }
        _unanswered.Remove(answer.Id);
        foreach (var (promise, reason) in batch.Promises.Zip(answer.Promises))
        {
            if (reason is not (RejectionReason.None or RejectionReason.AlreadyCovered))
            {
                Refusals.Add(reason);
                continue;
            }
            _isAccepted = true;
            var agreement = promise.Promise.Agreement;
            Assert.True(agreement.Id.Value.TryToUInt128(out var number));
            var key = (promise.Channel, (ulong)number);
            _books[key] = UInt128.Max(agreement.Total.Units, _books.GetValueOrDefault(key));
        }
        if (answer.Signed is { } signed && signed.Promised.Units >= Promised)
        {
            Assert.True(_preimages.ContainsKey(signed.Hashlock), "Signed under a hashlock that is not the provider's.");
            _held = signed;
        }
        if (batch.Reveals.Count > 0) FinishReveal(answer);
    }

    // A late copy of a batch whose first answer was a refusal may be accepted after all, in a window that is closed by then. The accountant's latest
    // promise comes with its place in the chain, so that its R can be told.
    private void TakeUp(SignedTotal latest)
    {
        if (latest.Position is not { } position || latest.Promised.Units < Promised) return;
        var r = TestChain.Of((uint)position.Instance).R((int)position.Window);
        Assert.True(r.Opens(latest.Hashlock) && _preimages.ContainsKey(latest.Hashlock), "Signed under a hashlock that is not the provider's.");
        if (latest.Hashlock == OpenHashlock) return;
        _held = latest;
        accountant.HandIn(Identity, new Batch(_batches++, [r], [], null, null), _ => { });
    }

    private void FinishReveal(Answer answer)
    {
        Assert.All(answer.Reveals, reason => Assert.Equal(RejectionReason.None, reason));
        _isRevealing = false;
        if (_isRestarting) BeginChain();
        else if (_isOpenRevealed) OpenWindow(_window + 1);
    }

    private void OpenWindow(int window)
    {
        if (window == TestChain.Windows)
        {
            BeginChain();
            return;
        }
        _window = window;
        (_isUsed, _isAccepted) = (false, false);
        _received.Clear();
    }

    private void BeginChain()
    {
        _isRestarting = false;
        _chain = TestChain.Of(_nextChain++);
        Session++;
        OpenWindow(0);
    }
}

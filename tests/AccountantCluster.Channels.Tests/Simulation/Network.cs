using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>Honest providers, and consumers that are honest or not, over bad wires and dying processes.</summary>
internal sealed class Network
{
    private readonly Tape _tape;
    private readonly bool _consumersCheat;
    private readonly Wires _wires;
    private readonly List<SimulatedConsumer> _consumers = [];
    private readonly List<HonestProvider> _providers = [];

    public Network(Tape tape, bool consumersCheat = false)
    {
        (_tape, _consumersCheat) = (tape, consumersCheat);
        _wires = new Wires(tape);
        var policy = new ChannelPolicy(
            Given.Units(tape.Pick<uint>([1_000, 30])), WindowLimit: 1 + tape.Next(3), ProviderLimit: 1 + tape.Next(3), Given.Units(1));
        Accountant = new SimulatedAccountant(_wires, policy) { FeeBasisPoints = (ushort)tape.Pick<int>([0, 250, 3_333]) };
        var consumers = 1 + tape.Next(4);
        for (uint i = 0; i < consumers; i++)
        {
            var deposited = tape.Pick<uint>([10_000, 100]);
            _consumers.Add(new SimulatedConsumer(Accountant.OpenConsumer(i, deposited), deposited, consumersCheat ? tape : null));
        }
        var providers = 1 + tape.Next(3);
        for (uint i = 0; i < providers; i++)
            _providers.Add(new HonestProvider(Accountant, Accountant.OpenProvider(i).Provider, firstChain: 1_000 * (i + 1)));
    }

    public SimulatedAccountant Accountant { get; }

    public IReadOnlyList<HonestProvider> Providers => _providers;

    public void Step()
    {
        var provider = _tape.Pick(_providers);
        switch (_tape.Next(24))
        {
            case < 5: Pay(provider, _tape.Pick(_consumers), delta: (uint)(1 + _tape.Next(9))); break;
            case < 8: provider.HandIn(_tape, most: 1 + _tape.Next(4)); break;
            case < 9: provider.Retry(_tape); break;
            case < 11: provider.TurnWindow(); break;
            case < 17: _wires.DeliverOne(); break;
            case < 18: _wires.LoseOne(); break;
            case < 19: Accountant.ResendAll(); break;
            case < 22: Disturb(); break;
            default:
                if (_tape.OneIn(6)) provider.Restart();
                else if (_tape.OneIn(3)) provider.Reveal();
                provider.FinishRestart();
                break;
        }
    }

    /// <summary>Every message arrives, everybody asks again, the last R of everybody is revealed.</summary>
    public void ComeToRest()
    {
        foreach (var consumer in Accountant.Consumers) consumer.EventsUntilCrash = null;
        foreach (var provider in Accountant.Providers) provider.EventsUntilCrash = null;
        for (var round = 0; round < 200; round++)
        {
            _wires.DeliverAll();
            var isRevealed = Accountant.Providers.All(provider => provider.State.Revealed == provider.State.Gross);
            var isAtRest = isRevealed && Accountant.NothingToResend && !_providers.Exists(provider =>
                !provider.IsOpen || provider.HasUnanswered || provider.HasReceived || Outstanding(provider).Any());
            if (isAtRest) return;
            Accountant.ResendAll();
            foreach (var provider in _providers) Continue(provider);
        }
        Assert.Fail("The network does not come to rest.");
    }

    private void Continue(HonestProvider provider)
    {
        provider.FinishRestart();
        provider.Retry(_tape);
        // Each in turn has its promises answered and reveals, so that no other waits for it.
        _wires.DeliverAll();
        foreach (var (channel, agreement, total) in Outstanding(provider).ToList())
        {
            if (!provider.IsOpen) break;
            Send(provider, _consumers.Single(consumer => consumer.Channel == channel), agreement, total);
            _wires.DeliverAll();
        }
        provider.HandIn(_tape, most: int.MaxValue);
        _wires.DeliverAll();
        provider.Reveal();
        _wires.DeliverAll();
        Accountant.ResendAll();
        _wires.DeliverAll();
    }

    // A cheat who was refused gets no more service, and is not asked again.
    private IEnumerable<(Address Channel, ulong Agreement, UInt128 Total)> Outstanding(HonestProvider provider) =>
        _consumersCheat ? [] : provider.Outstanding();

    private void Pay(HonestProvider provider, SimulatedConsumer consumer, UInt128 delta)
    {
        if (provider.Invoice(consumer.Channel, delta) is { } total) Send(provider, consumer, provider.Session, total);
    }

    private void Send(HonestProvider provider, SimulatedConsumer consumer, ulong agreement, UInt128 total)
    {
        if (consumer.Pay(provider.Identity, agreement, total, provider.OpenHashlock) is { } promise)
            _wires.Send(() => provider.Receive(promise));
        else
            provider.LowerInvoice(consumer.Channel, agreement, consumer.Agreed(provider.Identity, agreement));
    }

    private void Disturb()
    {
        switch (_tape.Next(6))
        {
            case 0: _tape.Pick([.. Accountant.Consumers]).Crash(); break;
            case 1: _tape.Pick([.. Accountant.Providers]).Crash(); break;
            case 2: _tape.Pick([.. Accountant.Consumers]).EventsUntilCrash = _tape.Next(3); break;
            case 3: _tape.Pick([.. Accountant.Providers]).EventsUntilCrash = _tape.Next(3); break;
            case 4: _tape.Pick([.. Accountant.Consumers]).TakeSnapshot(); break;
            default: _tape.Pick([.. Accountant.Providers]).TakeSnapshot(); break;
        }
    }
}

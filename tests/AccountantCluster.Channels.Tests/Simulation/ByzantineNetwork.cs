using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// Consumers and providers in collusion: any amounts, hashlocks of anybody, Rs revealed or not, nothing kept in order, over bad wires and
/// dying processes.
/// </summary>
internal sealed class ByzantineNetwork
{
    private const int ProviderCount = 3;
    private const uint Deposit = 120;

    private readonly Tape _tape;
    private readonly Wires _wires;
    private readonly List<JournaledConsumerChannel> _consumers = [];
    private readonly List<JournaledProviderChannel> _providers = [];
    private readonly bool _isSilent;
    private int _batches;

    public ByzantineNetwork(Tape tape)
    {
        _tape = tape;
        _wires = new Wires(tape);
        var policy = new ChannelPolicy(Given.Units(10), WindowLimit: 1 + tape.Next(3), ProviderLimit: 1 + tape.Next(2), Given.Units(1));
        Accountant = new SimulatedAccountant(_wires, policy);
        _isSilent = tape.Next(2) == 0;
        for (uint i = 0; i < 2; i++) _consumers.Add(Accountant.OpenConsumer(i, Deposit));
        for (uint i = 0; i < ProviderCount; i++) _providers.Add(Accountant.OpenProvider(i));
    }

    public SimulatedAccountant Accountant { get; }

    /// <summary>K·E: what the accountant can lose on one consumer channel.</summary>
    public UInt128 LossLimit => (UInt128)Accountant.Policy.ProviderLimit * Accountant.Policy.ExposureLimit.Units;

    public void Step()
    {
        switch (_tape.Next(20))
        {
            case < 7: HandIn(); break;
            case < 16: _wires.DeliverOne(); break;
            case < 17: _wires.LoseOne(); break;
            case < 18: Accountant.ResendAll(); break;
            default: Disturb(); break;
        }
    }

    private void HandIn()
    {
        var provider = _tape.Next(ProviderCount);
        var promises = new List<VerifiedPromise>();
        for (var count = _tape.Next(3); count >= 0; count--) promises.Add(Promise(provider));
        var reveals = new List<Preimage>();
        for (var count = _isSilent ? 0 : _tape.Next(5) - 2; count > 0; count--) reveals.Add(Window(provider).R);
        var hashlock = _tape.Next(3) == 0 ? Window(provider).Hashlock : (Hashlock?)null;
        Accountant.HandIn(_providers[provider].Provider, new Batch(_batches++, reveals, promises, hashlock, Position: null), _ => { });
    }

    private VerifiedPromise Promise(int provider)
    {
        var consumer = _tape.Pick(_consumers);
        var (identity, agreement) = (_providers[provider].Provider, (ulong)_tape.Next(3));
        var before = consumer.State.With(identity).Totals.GetValueOrDefault(AgreementId.From(agreement)).Units;
        var total = before + (uint)_tape.Pick<int>([0, 1, 1, 2, 3, 5, 8, 10, 11]);
        // What just passes is what an attacker wants, more often than chance would have it.
        var justEnough = consumer.State.Credited.Units + (total - before);
        var amount = _tape.Next(6) switch
        {
            0 => justEnough + (uint)_tape.Next(4),
            1 => (UInt128)(1 + _tape.Next((int)Deposit + 3)),
            2 => consumer.State.Promised.Units + 1,
            3 => Deposit,
            _ => justEnough,
        };
        return _tape.OneIn(12)
            ? Given.Cover(_tape.OneIn(4) ? amount : consumer.State.Promised.Units, Window(provider).Hashlock, consumer.Address)
            : Given.Promise(amount, Window(provider).Hashlock, identity, total, agreement, consumer.Address);
    }

    // Mostly of the provider's own two chains, near the beginning; sometimes of another's; sometimes far up its own.
    private (Hashlock Hashlock, Preimage R) Window(int provider)
    {
        // Who only ever uses one hashlock reveals nothing: the way to take most before the consumers exit.
        if (_isSilent) return (TestChain.Of(600_000 + (uint)provider).Hashlock(0), TestChain.Of(600_000 + (uint)provider).R(0));
        var chain = TestChain.Of((uint)((_tape.OneIn(6) ? _tape.Next(ProviderCount) : provider) * 2 + _tape.Next(2)) + 500_000);
        var window = _tape.OneIn(8) ? _tape.Next(TestChain.Windows) : _tape.Next(6);
        return (chain.Hashlock(window), chain.R(window));
    }

    private void Disturb()
    {
        switch (_tape.Next(9))
        {
            case 0: _tape.Pick(_consumers).Crash(); break;
            case 1: _tape.Pick(_providers).Crash(); break;
            case 2: _tape.Pick(_consumers).EventsUntilCrash = _tape.Next(3); break;
            case 3: _tape.Pick(_providers).EventsUntilCrash = _tape.Next(3); break;
            case 4: _tape.Pick(_consumers).TakeSnapshot(); break;
            case 5: _tape.Pick(_providers).TakeSnapshot(); break;
            case 6: Accountant.FeeBasisPoints = (ushort)_tape.Pick<int>([0, 100, 3_333, 10_000]); break;
            case 7: Well(_tape.Pick(_consumers)).Freeze(_tape.Next(2) == 0); break;
            default: Well(_tape.Pick(_consumers)).Observe(Deposit, exiting: _tape.Next(2) == 0); break;
        }
    }

    // Nobody would catch the crash of what is not a message.
    private static JournaledConsumerChannel Well(JournaledConsumerChannel consumer)
    {
        consumer.EventsUntilCrash = null;
        return consumer;
    }
}

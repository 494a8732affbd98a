namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>Messages under way. They arrive in any order, late, never or several times.</summary>
internal sealed class Wires(Tape tape)
{
    private readonly List<Action> _messages = [];

    public bool IsEmpty => _messages.Count == 0;

    public void Send(Action delivery) => _messages.Add(delivery);

    public void DeliverOne()
    {
        if (IsEmpty) return;
        var index = tape.Next(_messages.Count);
        var message = _messages[index];
        // One in ten comes again later.
        if (!tape.OneIn(10)) _messages.RemoveAt(index);
        Deliver(message);
    }

    public void LoseOne()
    {
        if (!IsEmpty) _messages.RemoveAt(tape.Next(_messages.Count));
    }

    /// <summary>Delivers all, and what they lead to.</summary>
    public void DeliverAll()
    {
        for (var delivered = 0; _messages.Count > 0; delivered++)
        {
            Assert.True(delivered < 100_000, "Messages lead to messages without end.");
            var message = _messages[0];
            _messages.RemoveAt(0);
            Deliver(message);
        }
    }

    private static void Deliver(Action message)
    {
        try
        {
            message();
        }
        catch (EntityCrashedException)
        {
            // What the message would have led to is lost with the entity.
        }
    }
}

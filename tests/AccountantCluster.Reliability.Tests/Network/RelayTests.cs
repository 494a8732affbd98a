using System.Net;
using System.Net.Sockets;
using AccountantCluster.Reliability.Network;
using AccountantCluster.TestKit;
using Akka.Actor;
using Akka.Configuration;

namespace AccountantCluster.Reliability.Tests.Network;

/// <summary>Two real actor systems that talk over the relay as nodes do.</summary>
public sealed class RelayTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(2);

    private readonly List<ActorSystem> _systems = [];
    private IReadOnlyList<int> _publicPorts = [];

    private Relay Relay { get; set; } = null!;

    public Task InitializeAsync()
    {
        var ports = FreePort.Find(count: 4);
        _publicPorts = [ports[0], ports[1]];
        Relay = new Relay(_publicPorts, [ports[2], ports[3]]);
        for (var node = 0; node < 2; node++)
        {
            var system = ActorSystem.Create("accountant", ConfigurationFactory.ParseString($$"""
                akka.loglevel = OFF
                akka.stdout-loglevel = OFF
                akka.actor.provider = remote
                akka.remote.dot-netty.tcp {
                  hostname = "127.0.0.1"
                  public-hostname = "127.0.0.1"
                  port = {{ports[2 + node]}}
                  public-port = {{_publicPorts[node]}}
                }
                """));
            system.ActorOf(Props.Create(() => new Echo()), "echo");
            _systems.Add(system);
        }
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_systems.Select(system => system.Terminate()));
        await Relay.DisposeAsync();
    }

    [Fact]
    public async Task A_cut_pair_cannot_reach_each_other_and_heals()
    {
        await UntilAsync(0, 1, reaches: true);
        await UntilAsync(1, 0, reaches: true);
        Relay.Between(0, 1).Cut();
        await UntilAsync(0, 1, reaches: false);
        await UntilAsync(1, 0, reaches: false);
        Relay.Between(0, 1).Heal();
        await UntilAsync(0, 1, reaches: true);
        await UntilAsync(1, 0, reaches: true);
        Assert.Equal(0, Relay.Strangers);
    }

    [Fact]
    public async Task A_connection_that_begins_during_a_cut_opens_when_it_is_healed()
    {
        Relay.Between(0, 1).Cut();
        Assert.False(await ReachesAsync(0, 1));
        Relay.Between(0, 1).Heal();
        await UntilAsync(0, 1, reaches: true);
    }

    [Fact]
    public async Task A_caller_that_is_no_node_is_not_let_through()
    {
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, _publicPorts[0]);
        await stranger.GetStream().WriteAsync(new byte[Handshake.HeaderLength]);
        Assert.Equal(0, await stranger.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Deadline));
        Assert.Equal(1, Relay.Strangers);
    }

    private async Task UntilAsync(int from, int to, bool reaches)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (await ReachesAsync(from, to) != reaches)
            Assert.False(deadline.IsCancellationRequested, $"System {from} {(reaches ? "does not reach" : "still reaches")} system {to}.");
    }

    private async Task<bool> ReachesAsync(int from, int to)
    {
        try
        {
            var echo = _systems[from].ActorSelection($"akka.tcp://accountant@127.0.0.1:{_publicPorts[to]}/user/echo");
            return await echo.Ask<string>("hello", Attempt) == "hello";
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}

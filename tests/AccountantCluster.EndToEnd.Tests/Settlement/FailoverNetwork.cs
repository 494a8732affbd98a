using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Nodes;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>Three nodes of one cluster: the network's own, which does everything but settle, and two that do nothing else.</summary>
public sealed class FailoverNetwork : PostgreSqlNetwork
{
    private JoinedNode _settling = null!;
    private JoinedNode _waiting = null!;

    private protected override IReadOnlyList<string> Roles => ["edge", "channels", "signer"];

    private protected override NodeTold Told => new() { PaysProviders = true, SettleSeconds = 1 };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        // The contract pays on the word of an operator alone.
        var told = Told with { Roles = ["settlement"], SendingKey = Chain.Operator };
        _settling = await JoinAsync(told);
        _waiting = await JoinAsync(told);
    }

    public override async Task DisposeAsync()
    {
        await _settling.DisposeAsync();
        await _waiting.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>SIGKILL for the older of the two: it settles.</summary>
    internal Task KillSettlingAsync() => _settling.KillAsync();

    /// <summary>The other one settles, as soon as it knows; the killed one comes back as the younger of the two.</summary>
    internal async Task FailOverAsync()
    {
        await _settling.StartAsync();
        (_settling, _waiting) = (_waiting, _settling);
    }
}

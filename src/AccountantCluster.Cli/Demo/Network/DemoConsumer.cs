using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>A consumer with its books.</summary>
internal sealed class DemoConsumer : IDisposable
{
    private readonly AccountantProfile _profile;
    private readonly DemoFolder _folder;

    public DemoConsumer(int number, Amount deposit, AccountantProfile profile, DemoFolder folder)
    {
        (_profile, _folder, Deposit) = (profile, folder, deposit);
        Party = new DemoParty($"consumer {number}", profile);
        Account = OpenDevice("first");
    }

    /// <summary>Who it is.</summary>
    public DemoParty Party { get; }

    /// <summary>What it can spend, in token base units.</summary>
    public Amount Deposit { get; }

    /// <summary>Its books.</summary>
    public ConsumerAccount Account { get; }

    /// <summary>Another device of the same consumer, which knows nothing of the first one; the caller disposes it.</summary>
    public ConsumerAccount OpenDevice(string device)
    {
        var store = _folder.File($"{Party.Name} {device}.db".Replace(' ', '-'));
        var account = ConsumerAccount.Open(_profile, Party.Key, store, StoreDurability.ProcessCrash);
        account.SetDeposited(Deposit);
        return account;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Account.Dispose();
        Party.Dispose();
    }
}

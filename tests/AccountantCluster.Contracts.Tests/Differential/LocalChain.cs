using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>One chain for all sequences. Every transaction gets a block of its own, at the time that the sequence says.</summary>
internal sealed class LocalChain : IAsyncDisposable
{
    // More than any step needs: a step that fails is sent all the same.
    private const ulong GasLimit = 5_000_000;

    private const int Tries = 6_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly UInt128 MaxFeeWei = 100_000_000_000;

    private readonly Anvil _anvil;
    private readonly Dictionary<string, (PrivateKey Key, ulong Nonce)> _people = [];

    private LocalChain(Anvil anvil, Setup setup)
    {
        _anvil = anvil;
        Client = new JsonRpcEthereumClient(anvil.Endpoint);
        // The first account deploys, with a sender that counts its own nonces.
        foreach (var person in setup.People) _people[person] = (DevelopmentAccounts.Key(_people.Count + 1), 0);
    }

    public JsonRpcEthereumClient Client { get; }

    public ulong ChainId => _anvil.ChainId;

    public static async Task<LocalChain> StartAsync()
    {
        var setup = new Setup(0, 0, new Dictionary<string, UInt128>());
        var options = new AnvilOptions { FundedAccounts = setup.People.Count + 1 };
        return new LocalChain(await Anvil.StartAsync(await Toolchain.EnsureAsync(), options), setup);
    }

    public PrivateKey KeyOf(string person) => _people[person].Key;

    /// <summary>Sends a call at a time, whether it succeeds or not.</summary>
    public async Task<TransactionReceipt> SendAsync(string sender, ContractCall call, ulong time)
    {
        var (key, nonce) = _people[sender];
        _people[sender] = (key, nonce + 1);
        await _anvil.SetNextBlockTimestampAsync(time);
        var transaction = new Eip1559Transaction(ChainId, nonce, 1, MaxFeeWei, GasLimit, TransactionRequest.Of(call));
        var hash = await Client.SendRawTransactionAsync(transaction.Sign(key, Curve.Default).Raw);
        for (var i = 0; i < Tries; i++)
        {
            if (await Client.GetTransactionReceiptAsync(hash) is { } receipt) return receipt;
            await Task.Delay(Pause);
        }
        throw new TimeoutException("anvil mined no block for a transaction.");
    }

    /// <summary>Why a transaction of that block failed; null for no reason that could be found.</summary>
    public async Task<string?> WhyAsync(string sender, ContractCall call, ulong block)
    {
        try
        {
            await Client.SimulateAsync(KeyOf(sender).Address, TransactionRequest.Of(call), BlockReference.At(block));
            return null;
        }
        catch (ContractRevertedException problem)
        {
            return problem.Error.Name;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (key, _) in _people.Values) key.Dispose();
        Client.Dispose();
        await _anvil.DisposeAsync();
    }
}

using System.Security.Cryptography;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// The provider's Rs, derived from its key (protocol §5), and the one door through which they leave: only where the books, which are
/// durable, say that they may. Safe for concurrent use.
/// </summary>
internal sealed class ChainVault(AccountantProfile profile, PrivateKey key)
{
    // The chain of this process, and one that it looks back at. Deriving takes 20 ms.
    private const int ChainsRemembered = 2;

    private readonly Lock _lock = new();
    private readonly List<HashChain> _remembered = [];

    /// <summary>Random number of a new chain.</summary>
    public static ulong NewInstance() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>
    /// Hashlock of a window. The hashlock of the open window is public; that of the next one is the open one's R, and leaves only after
    /// <see cref="ProviderEvent.WindowClosed"/> is durable.
    /// </summary>
    public Hashlock Hashlock(ChainPosition position) => Chain(position.Instance).Hashlock(position.Window);

    /// <summary>R of a window, to be told to somebody.</summary>
    /// <exception cref="InvalidOperationException">The books do not say that it may become public.</exception>
    public Preimage Disclose(ProviderBooks books, ChainPosition position) => books.MayDisclose(position)
        ? Chain(position.Instance).R(position.Window)
        : throw new InvalidOperationException($"R of window {position.Window} is still secret.");

    /// <summary>
    /// A provider's chain. Whoever has it can disclose all of its Rs: besides a vault only who leaves an accountant for good.
    /// </summary>
    public static HashChain Derive(AccountantProfile profile, PrivateKey key, ulong instance)
    {
        Span<byte> secret = stackalloc byte[PrivateKey.Length];
        key.CopyTo(secret);
        var derived = HashChain.Derive(secret, profile.ChainId, profile.Accountant, key.Address, instance);
        CryptographicOperations.ZeroMemory(secret);
        return derived;
    }

    private HashChain Chain(ulong instance)
    {
        lock (_lock)
        {
            if (_remembered.Find(chain => chain.Instance == instance) is { } known) return known;
            var derived = Derive(profile, key, instance);
            if (_remembered.Count >= ChainsRemembered) _remembered.RemoveAt(0);
            _remembered.Add(derived);
            return derived;
        }
    }
}

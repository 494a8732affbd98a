using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// Whether an accountant's promise is one (protocol §4): for the provider's own channel, under a hashlock that it can open, signed by a key
/// that the chain names as an operator.
/// </summary>
internal sealed class AccountantPromiseVerifier(
    AccountantProfile profile, Address provider, ChainVault vault, IAccountantOnChain onChain, ICurve curve)
{
    private readonly Bytes32 _channel = profile.ProviderChannelOf(provider);

    /// <summary>The promise with its place in the provider's chains; null where it is worthless.</summary>
    /// <param name="promise">As it came.</param>
    /// <param name="books">Knows which windows are the provider's.</param>
    /// <param name="claimed">The position that the accountant names, or that it was asked under; null where there is none.</param>
    /// <param name="cancellation">Ends the look at the chain.</param>
    public async Task<HeldPromise?> VerifyAsync(
        AccountantPromise promise, ProviderBooks books, ChainPosition? claimed, CancellationToken cancellation)
    {
        if (FindPosition(promise.Hashlock, books, claimed) is not { } position) return null;
        var digest = profile.Domain.Digest(new ProviderPromise(_channel, promise.Amount, promise.Hashlock));
        return curve.TryRecover(digest, promise.Signature, out var signer) && await onChain.IsOperatorAsync(signer, cancellation)
            ? new HeldPromise(promise.Amount, promise.Hashlock, position, promise.Signature)
            : null;
    }

    private ChainPosition? FindPosition(Hashlock hashlock, ProviderBooks books, ChainPosition? claimed)
    {
        if (books.Windows.TryGetValue(hashlock, out var window)) return window.Position;
        if (books.Settleable is { } held && held.Hashlock == hashlock) return held.Position;
        return claimed is { Window: < ProtocolLimits.WindowsPerChain } position && vault.Hashlock(position) == hashlock ? position : null;
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>What a provider risks with its accountant, and what it leaves with.</summary>
public sealed partial class ProviderAccount
{
    private readonly EvidenceSnapshot _snapshot = new();

    /// <summary>Whether it is time to settle, before <see cref="ProviderOptions.RiskLimit"/> stops service.</summary>
    public bool IsRiskNearLimit
    {
        get
        {
            lock (_context.Ledger.Gate) return RiskRules.IsNear(_context.Risk, _context.Options.RiskLimit);
        }
    }

    /// <summary>Ends with the next change of anything.</summary>
    internal Task Changed
    {
        get
        {
            lock (_context.Ledger.Gate) return _context.Changed;
        }
    }

    /// <summary>The limit that <see cref="IsRiskNearLimit"/> speaks of; null for none.</summary>
    internal Amount? RiskLimit => _context.Options.RiskLimit;

    /// <summary>
    /// Opens a provider's books to be looked at, without a way to the accountant: evidence, settlement and risk need none. Such an account
    /// cannot be started.
    /// </summary>
    /// <inheritdoc cref="Open"/>
    public static ProviderAccount OpenBooks(
        AccountantProfile profile, PrivateKey key, string storePath, IAccountantOnChain onChain, ProviderOptions? options = null) =>
        Open(profile, key, storePath, new NoExchange(), onChain, options);

    /// <summary>
    /// Tells the account what the chain says of the provider's channel, as the risk follows from it. A watch does so at each look
    /// (<see cref="ProviderWatch"/>).
    /// </summary>
    public void SetChannel(ProviderChannelOnChain channel)
    {
        lock (_context.Ledger.Gate)
        {
            _context.Channel = channel;
            _context.SignalChange();
        }
    }

    /// <summary>
    /// Everything that a provider needs to leave the accountant without its help (protocol §7): for <see cref="EvidenceFile"/>, or at once
    /// for <see cref="ProviderRecovery"/>. Needs neither the accountant nor a started account. Holds no R that is still secret.
    /// </summary>
    public ProviderEvidence CaptureEvidence()
    {
        lock (_context.Ledger.Gate) return _snapshot.Of(_context);
    }

    // The books, the chain, and what is asked for already.
    private bool AllowsRisk(Amount amount)
    {
        if (_context.Options.RiskLimit is not { } limit) return true;
        return RiskRules.Allows(_context.Risk, _context.Desk.Outstanding(_context.Ledger.Books), amount, limit);
    }
}

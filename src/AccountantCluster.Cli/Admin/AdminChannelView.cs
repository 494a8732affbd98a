using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Admin;

/// <summary>How a consumer channel stands in the node's books. Amounts in token base units.</summary>
/// <param name="Identity">The consumer.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Registered">Whether a confirmed block knows the channel.</param>
/// <param name="Deposited">What it can spend in all.</param>
/// <param name="Promised">Highest amount accepted.</param>
/// <param name="Settleable">Highest amount whose R is known.</param>
/// <param name="Credited">Sum of all agreement totals.</param>
/// <param name="Settled">Settled on chain.</param>
/// <param name="Frozen">Whether an admin refuses new promises.</param>
/// <param name="Exiting">Whether an exit request is open or in sight.</param>
/// <param name="Consented">What a consented exit may still take.</param>
internal sealed record AdminChannelView(
    Address Identity,
    Address Channel,
    bool Registered,
    Amount Deposited,
    Amount Promised,
    Amount Settleable,
    Amount Credited,
    Amount Settled,
    bool Frozen,
    bool Exiting,
    Amount Consented);

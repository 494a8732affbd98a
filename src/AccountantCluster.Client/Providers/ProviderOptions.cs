using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>What a provider chooses for its dealings with one accountant.</summary>
public sealed record ProviderOptions
{
    /// <summary>
    /// A window under which something was accepted is closed after this, so that R is revealed and the accountant can collect. One a second
    /// makes a hash chain last 18 hours.
    /// </summary>
    public TimeSpan WindowDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a closing window waits for promises that were invoiced under it. No new invoice goes out meanwhile; whoever is later is
    /// asked again under the next window.
    /// </summary>
    public TimeSpan InvoiceGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause after an exchange that failed, before what is unanswered is handed in again.</summary>
    public TimeSpan PauseAfterFailure { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What may be refused, in token base units, before no R becomes public any more (protocol §5): a lying accountant can collect what it
    /// refused. Null: eight times the accountant's exposure limit E.
    /// </summary>
    public Amount? RefusedLimit { get; init; }

    /// <summary>
    /// The most that the provider stands to lose with this accountant, in token base units (<see cref="ProviderRisk"/>): an invoice that
    /// could exceed it is not issued. A quarter below it a watch settles (<see cref="WayOut.ProviderWatch"/>); without one somebody has to,
    /// and say so with <see cref="ProviderAccount.SetChannel"/>. Null: no limit. A loan that is not wholly in the balance counts, so the
    /// limit is to leave room for it.
    /// </summary>
    public Amount? RiskLimit { get; init; }

    /// <summary>An accountant that takes a larger fee, in hundredths of a per cent, is not worked with.</summary>
    public uint MaxFeeBasisPoints { get; init; } = 1_000;

    /// <summary>
    /// How often the fee is read on chain: a raise takes effect 4 days after its event. A lower one is expected after this time too, because
    /// the accountant may see it later than the provider.
    /// </summary>
    public TimeSpan FeeReading { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often an accountant is asked again for a promise that covers the provider's books.</summary>
    public int MaxQuestions { get; init; } = 3;
}

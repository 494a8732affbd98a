using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Sessions;

/// <summary>What a provider does next in a service session.</summary>
public abstract record InvoiceStep
{
    private InvoiceStep()
    {
    }

    /// <summary>Nothing, for so long or until something was used or paid.</summary>
    /// <param name="Until">When to look again at the latest.</param>
    public sealed record Wait(DateTimeOffset Until) : InvoiceStep;

    /// <summary>Asks for more.</summary>
    /// <param name="Amount">On top of everything that was asked for before, in token base units.</param>
    public sealed record Ask(Amount Amount) : InvoiceStep;

    /// <summary>Asks once more for what was asked for before.</summary>
    public sealed record AskAgain : InvoiceStep;

    /// <summary>Ends the service.</summary>
    /// <param name="End">Why.</param>
    public sealed record Stop(SessionEnd End) : InvoiceStep;
}

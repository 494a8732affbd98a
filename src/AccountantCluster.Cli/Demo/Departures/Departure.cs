using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Departures;

/// <summary>A consumer who takes money back.</summary>
internal sealed class Departure
{
    public Departure(DemoConsumer consumer, bool withConsent)
    {
        (Consumer, WithConsent) = (consumer, withConsent);
        using var beneficiary = PrivateKey.Generate();
        Beneficiary = beneficiary.Address;
    }

    /// <summary>Who leaves.</summary>
    public DemoConsumer Consumer { get; }

    /// <summary>Whether with the operator's consent, an exact amount at once; else with all that is left after the notice.</summary>
    public bool WithConsent { get; }

    /// <summary>Where the money goes, and nothing else does.</summary>
    public Address Beneficiary { get; }

    /// <summary>
    /// What is to arrive there, in token base units, by the consumer's own books: what was agreed on, or all that it has not promised.
    /// </summary>
    public Amount Expected => WithConsent ? DemoScale.ConsentedExit : Consumer.Deposit - Consumer.Account.Promised;
}

using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>
/// Brings the parties onto the chain: plain token transfers to addresses where nothing is yet, then signed registrations that the
/// transaction maker sends.
/// </summary>
internal sealed class Enrolment(DemoChain chain, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    /// <summary>What registration itself takes from the channel.</summary>
    public static Amount Costs { get; } = DemoScale.RegistrationFee + DemoScale.TransactionMakerFee;

    /// <summary>
    /// Tops up and registers everybody. Half of the consumers get their deposit before they are registered, the others after it.
    /// </summary>
    public async Task RunAsync(DemoParties parties, CancellationToken cancellation)
    {
        var early = parties.Consumers.Where((_, index) => index % 2 == 0).ToArray();
        var late = parties.Consumers.Except(early).ToArray();
        await Task.WhenAll(
        [
            .. early.Select(consumer => TopUpAsync(consumer.Party, consumer.Deposit + Costs, cancellation)),
            .. late.Select(consumer => TopUpAsync(consumer.Party, Costs, cancellation)),
            .. parties.Providers.Select(provider => TopUpAsync(provider.Party, DemoScale.Loan + Costs, cancellation)),
        ]);
        await Task.WhenAll(
        [
            .. parties.Consumers.Select(consumer => RegisterAsync(consumer.Party, Amount.Zero, Address.Zero, cancellation)),
            .. parties.Providers.Select(provider => RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary, cancellation)),
        ]);
        await Task.WhenAll(late.Select(consumer => TopUpAsync(consumer.Party, consumer.Deposit, cancellation)));
    }

    private async Task TopUpAsync(DemoParty party, Amount amount, CancellationToken cancellation)
    {
        await new Funding(chain.Client, chain.Profile, chain.Deployer).TopUpAsync(party.Identity, amount, cancellation);
        party.ToppedUp += amount;
    }

    private async Task RegisterAsync(DemoParty party, Amount loan, Address beneficiary, CancellationToken cancellation)
    {
        var signed = SignedRegistration.Sign(
            chain.Profile,
            party.Key,
            (ulong)(time.GetUtcNow() + Validity).ToUnixTimeSeconds(),
            loan,
            beneficiary,
            DemoScale.TransactionMakerFee,
            chain.TransactionMaker.Address);
        await new Registration(chain.Client, chain.Profile).SendAsync(signed, chain.TransactionMaker, cancellation);
    }
}

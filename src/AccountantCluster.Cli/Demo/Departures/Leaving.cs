using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Demo.Departures;

/// <summary>Consumers take money back (protocol §6): at once where the operator consents, after 4 days where nobody is asked.</summary>
internal sealed class Leaving(DemoChain chain, TimeProvider time)
{
    private const ulong ValiditySeconds = 3_600;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);

    private readonly UnilateralExit _exits = new(chain.Client, chain.Profile);

    /// <summary>Leaves with a part, by consent; the consumer pays on meanwhile, out of the rest.</summary>
    public async Task WithConsentAsync(Departure departure, AccountantApi api, CancellationToken cancellation)
    {
        var (account, beneficiary) = (departure.Consumer.Account, departure.Beneficiary);
        var onChain = new AccountantOnChain(chain.Client, chain.Profile.Accountant);
        var (nonce, deadline) = await PlaceAsync(departure, cancellation);
        var exit = await account.ExitAsync(api, onChain, beneficiary, departure.Expected, nonce, deadline, cancellation);
        await new ExitPayment(chain.Client, chain.Profile).SendAsync(account.Identity, exit, chain.TransactionMaker, cancellation);
        var standing = await _exits.ReadAsync(account.Identity, cancellation);
        account.SetChannel(standing.Channel, standing.Block.Timestamp);
    }

    /// <summary>Announces an exit without consent.</summary>
    public async Task RequestAsync(Departure departure, CancellationToken cancellation)
    {
        var (nonce, deadline) = await PlaceAsync(departure, cancellation);
        var request = SignedExitRequest.Sign(chain.Profile, departure.Consumer.Party.Key, departure.Beneficiary, nonce, deadline);
        await _exits.RequestAsync(request, chain.TransactionMaker, cancellation);
    }

    /// <summary>Moves the chain's clock over the notice, and pays out what is left.</summary>
    public async Task FinalizeAsync(Departure departure, CancellationToken cancellation)
    {
        await chain.Anvil.AdvanceTimeAsync(Notice, cancellation);
        await _exits.FinalizeAsync(departure.Consumer.Party.Identity, chain.TransactionMaker, cancellation);
    }

    private async Task<(ulong Nonce, ulong Deadline)> PlaceAsync(Departure departure, CancellationToken cancellation)
    {
        var standing = await _exits.ReadAsync(departure.Consumer.Party.Identity, cancellation);
        var now = Math.Max(standing.Block.Timestamp, (ulong)time.GetUtcNow().ToUnixTimeSeconds());
        return (standing.Channel.Nonce, now + ValiditySeconds);
    }
}

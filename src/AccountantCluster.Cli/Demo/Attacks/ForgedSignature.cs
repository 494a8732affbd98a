using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Attacks;

/// <summary>
/// A stranger opens a session of his own and hands in a promise of an honest consumer to himself, signed with his own key.
/// </summary>
internal sealed class ForgedSignature(DemoConsumer victim, AccountantApi api, PaymentTally tally)
{
    /// <summary>What the accountant is to say.</summary>
    public const RejectionReason Expected = RejectionReason.InvalidSignature;

    private static readonly Amount Stolen = new(1_000);

    /// <summary>Tries it.</summary>
    /// <exception cref="DemoFailedException">It passed, or it was refused by another name.</exception>
    public async Task TryAsync(CancellationToken cancellation)
    {
        using var stranger = PrivateKey.Generate();
        await using var stream = api.OpenStream(stranger);
        var batch = new ExchangeBatch([Forge(stranger)], new ChainPosition(Instance: 1, Window: 0));
        var answer = await stream.ExchangeAsync(batch, cancellation);
        var reason = answer.Promises.Single().Reason;
        if (reason != RejectionReason.None) tally.Reject(reason);
        if (reason != Expected || answer.Promise is not null)
            throw new DemoFailedException($"The forged promise was answered {reason.ToName()} instead of {Expected.ToName()}.");
    }

    private SignedPromise Forge(PrivateKey stranger)
    {
        var hashlock = new Preimage(Keccak256.Hash("the stranger's R"u8)).ToHashlock();
        var agreement = new Agreement(stranger.Address, AgreementId.From(1), Stolen);
        var channel = ChannelId.OfConsumer(victim.Party.Channel);
        var message = new ConsumerPromise(channel, victim.Account.Promised + Stolen, hashlock, agreement);
        var signature = Curve.Default.Sign(api.Profile.Domain.Digest(message), stranger);
        return new SignedPromise(victim.Party.Identity, message.Amount, hashlock, agreement, signature);
    }
}

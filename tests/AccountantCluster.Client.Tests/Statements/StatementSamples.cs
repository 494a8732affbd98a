using AccountantCluster.Chain;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Statements;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.Statements;

/// <summary>Statements that add up, of any history; places are a few blocks with several lines in one transaction.</summary>
internal static class StatementSamples
{
    private const ulong FromBlock = 10;

    /// <summary>A provider that was paid at least once.</summary>
    public static Gen<ProviderStatement> Providers { get; } = Gen.Select(
        Gen.ULong[0, 100],
        Gen.Select(Gen.ULong[1, 50], Gen.ULong[0, 100], Gen.ULong[0, 9], Gen.ULong[0, 2], Gen.Bool).Array[1, 12],
        Gen.ULong[0, 40]).Select((before, steps, wordBlock) =>
        {
            var (settledBefore, feesBefore) = (new Amount(before), new Amount(before / 2));
            var opening = new ProviderChannelOnChain(Address.Zero, default, default, default, settledBefore, feesBefore, Nonce: 0);
            var (payments, received, at) = (new List<ProviderPayment>(), new List<TokensReceived>(), Place(FromBlock, 0));
            var (settled, fees) = (opening.Settled, opening.FeesPaid);
            foreach (var (paid, feeShare, more, gap, isAlice) in steps)
            {
                at = Place(at.Block + gap, gap == 0 ? at.Index + 2 : 0);
                var fee = new Amount(paid * feeShare / 100);
                settled += new Amount(paid);
                fees += fee;
                var beneficiary = (isAlice ? TestWorld.Alice : TestWorld.Bob).Address;
                var payment = new ProviderPayment(at, beneficiary, settled + new Amount(more), new Amount(paid), fee, settled);
                payments.Add(payment);
                if (!payment.Received.IsZero)
                    received.Add(new TokensReceived(Place(at.Block, at.Index + 1), beneficiary, payment.Received));
            }
            var statement = new ProviderStatement(
                TestWorld.Provider.Address,
                new StatementSpan(FromBlock, new BlockPosition(at.Block, default), IsCut: false),
                opening,
                opening with { Settled = settled, FeesPaid = fees },
                [.. payments],
                [.. received],
                Word: null);
            var word = new ProviderChannelOverview(
                settled, settled, settled, statement.SettledAt(wordBlock), default, default, LatestPromise: null, LatestPosition: null)
            {
                Block = wordBlock,
            };
            return statement with { Word = word };
        });

    /// <summary>A consumer with at least one line, each of which moves something.</summary>
    public static Gen<ConsumerStatement> Consumers { get; } = Gen.Select(
        Gen.ULong[0, 100],
        Gen.Select(Gen.Int[0, 4], Gen.ULong[1, 50], Gen.ULong[0, 9], Gen.ULong[0, 2]).Array[1, 12],
        Gen.ULong[0, 40]).Select((before, steps, wordBlock) =>
        {
            var opening = new ConsumerChannelOnChain(default, IsRegistered: true, new Amount(before + 1), new Amount(before / 2));
            var (lines, at, balance, settled) = (new List<ConsumerLine>(), Place(FromBlock, 0), opening.Balance, opening.Settled);
            var atWord = opening.Balance + opening.Settled;
            var settledAtWord = opening.Settled;
            foreach (var (kind, wanted, more, gap) in steps)
            {
                at = Place(at.Block + gap, gap == 0 ? at.Index + 1 : 0);
                var amount = new Amount(wanted);
                var left = Amount.Min(amount, balance);
                ConsumerLine line = left.IsZero ? new ConsumerLine.Deposited(at, Address.Zero, amount) : kind switch
                {
                    0 => new ConsumerLine.Registered(at, left, Amount.Zero, Amount.Zero),
                    1 => new ConsumerLine.Collected(at, settled + left + new Amount(more), left, settled + left),
                    2 => new ConsumerLine.ExitPaid(at, Address.Zero, left, WithConsent: more % 2 == 0),
                    _ => new ConsumerLine.Deposited(at, Address.Zero, amount),
                };
                lines.Add(line);
                balance = balance + line.In - line.Out;
                if (line is ConsumerLine.Collected) settled += left;
                if (at.Block <= wordBlock) (atWord, settledAtWord) = (balance + settled, settled);
            }
            var consented = new Amount((wordBlock * 7) % 30);
            var word = new ConsumerChannelOverview(
                atWord.SaturatingSubtract(consented), settled, settled, settled, settledAtWord, LatestPromise: null)
            {
                Block = wordBlock,
                Consented = consented,
            };
            return new ConsumerStatement(
                TestWorld.Alice.Address,
                new StatementSpan(FromBlock, new BlockPosition(at.Block, default), IsCut: false),
                opening,
                opening with { Balance = balance, Settled = settled },
                [.. lines],
                word);
        });

    // One transaction in a block.
    private static LinePlace Place(ulong block, ulong index) => new(block, index, Bytes32.FromUInt128(block));
}

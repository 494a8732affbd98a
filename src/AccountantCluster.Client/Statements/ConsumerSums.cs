using System.Numerics;

namespace AccountantCluster.Client.Statements;

/// <summary>
/// All lines of a consumer's statement, summed by kind; in token base units. Balance before + deposited − registration − collected −
/// exits is the balance.
/// </summary>
/// <param name="Deposited">What came.</param>
/// <param name="Registration">What registration took: its fee, the loan and the transaction maker's fee.</param>
/// <param name="Collected">What the accountant collected.</param>
/// <param name="Exits">What the consumer took back.</param>
public sealed record ConsumerSums(BigInteger Deposited, BigInteger Registration, BigInteger Collected, BigInteger Exits)
{
    internal static ConsumerSums Of(IReadOnlyCollection<ConsumerLine> lines) => new(
        StatementCheck.Sum(lines.Select(line => line.In)),
        Out<ConsumerLine.Registered>(lines),
        Out<ConsumerLine.Collected>(lines),
        Out<ConsumerLine.ExitPaid>(lines));

    private static BigInteger Out<TLine>(IEnumerable<ConsumerLine> lines)
        where TLine : ConsumerLine => StatementCheck.Sum(lines.OfType<TLine>().Select(line => line.Out));
}

using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>
/// Places an order, or asks what became of it: the same question may come any number of times. Answered with an <see cref="OrderStands"/>.
/// Never leaves the node.
/// </summary>
/// <param name="Order">A number of whoever gives the order.</param>
/// <param name="Request">What it does.</param>
internal sealed record PlaceOrder(Bytes32 Order, TransactionRequest Request) : INoSerializationVerificationNeeded;

/// <summary>Asks what became of an order without placing it. Answered with an <see cref="OrderStands"/>.</summary>
/// <param name="Order">Its number.</param>
internal sealed record FindOrder(Bytes32 Order) : INoSerializationVerificationNeeded;

/// <summary>Where an order stands. One of which nothing is said is not known to the lane.</summary>
/// <param name="Outcome">What became of it; null: it is under way, or it was not placed.</param>
/// <param name="Open">What was handed in for it so far; null: it is over, or it was not placed.</param>
/// <param name="Refusal">Why it was not placed; null: it was, or that was not asked.</param>
internal sealed record OrderStands(LaneOutcome? Outcome, LaneTransaction? Open, EthereumException? Refusal)
    : INoSerializationVerificationNeeded;

/// <summary>Asks how many orders are under way: a number of type <see cref="int"/>.</summary>
internal sealed class CountOrders : INoSerializationVerificationNeeded
{
    public static CountOrders Instance { get; } = new();

    private CountOrders()
    {
    }
}

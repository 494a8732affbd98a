using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>A consumer's promise, without its signature. Amounts in token base units.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Agreement">The service session.</param>
/// <param name="Total">Cumulative total of the agreement.</param>
/// <param name="Amount">Cumulative amount of the consumer channel.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
internal sealed record OfferedPromise(
    Address Consumer, Address Provider, AgreementId Agreement, Amount Total, Amount Amount, Hashlock Hashlock)
{
    /// <summary>The agreement, named as the clients know it.</summary>
    public AgreementKey Key => new(Consumer, Provider, Agreement);

    /// <inheritdoc/>
    public override string ToString() => $"{Consumer.ToString()[..6]} {Amount} for {Total}";
}

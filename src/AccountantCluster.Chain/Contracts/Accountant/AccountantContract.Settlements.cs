using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The way of the money: collected from consumers, paid to providers (paper §4.2, §4.6).</summary>
public sealed partial class AccountantContract
{
    /// <summary>Cashes many consumer promises; a row that fails reports <see cref="RowFailed"/> and hinders no other.</summary>
    public ContractCall Collect(IReadOnlyCollection<PromiseToCollect> rows) =>
        AccountantAbi.Collect.Call(address, AddCollections(new AbiEncoder(), rows));

    /// <summary>Pays one provider; with a fee for whoever is named in it, if there is one.</summary>
    public ContractCall SettlePromise(PromiseToSettle promise)
    {
        var arguments = new AbiEncoder()
            .Add(promise.Provider)
            .Add(promise.Amount)
            .Add(promise.Preimage.Value)
            .AddBytes(promise.Signature.ToArray());
        return promise.Fee is null
            ? AccountantAbi.SettlePromise.Call(address, arguments)
            : AccountantAbi.SettlePromiseWithFee.Call(address, arguments.AddTuple(Fee(promise.Fee)));
    }

    /// <summary>Pays many providers; a row that fails reports <see cref="RowFailed"/> and hinders no other.</summary>
    public ContractCall SettlePromises(IReadOnlyCollection<PromiseToSettle> rows) => AccountantAbi.SettlePromises.Call(
        address, new AbiEncoder().AddArray(rows, (array, row) => array.AddTuple(Settlement(row))));

    /// <summary>
    /// Pays many providers up to totals, on the word of the operator that sends it; a row that fails reports <see cref="RowFailed"/> and
    /// hinders no other.
    /// </summary>
    public ContractCall PayProviders(IReadOnlyCollection<ProviderTotal> rows)
    {
        var packed = new byte[rows.Count * ProviderTotal.PackedLength];
        var rest = packed.AsSpan();
        foreach (var row in rows)
        {
            row.Pack(rest);
            rest = rest[ProviderTotal.PackedLength..];
        }
        return AccountantAbi.PayProviders.Call(address, new AbiEncoder().AddBytes(packed));
    }

    /// <summary>
    /// Everything that a provider's evidence gives, in one transaction and without the accountant (protocol §6): collects, settles, refills,
    /// returns the loan. Anyone may send it, and what was done before is skipped.
    /// </summary>
    /// <param name="provider">Whose channel.</param>
    /// <param name="promises">Consumers' promises with R; a row that fails reports <see cref="RowFailed"/>.</param>
    /// <param name="settlement">The accountant's promise to the provider; null for none.</param>
    /// <param name="loanReturn">Signed by the provider; null for none.</param>
    /// <exception cref="ArgumentException">The promise is somebody else's.</exception>
    public ContractCall Recover(
        Address provider, IReadOnlyCollection<PromiseToCollect> promises, PromiseToSettle? settlement, SignedLoanReturn? loanReturn)
    {
        if (settlement is not null && settlement.Provider != provider) throw new ArgumentException("Another provider's promise.", nameof(settlement));
        var promise = settlement is null ? NoSettlement(provider) : Settlement(settlement);
        return AccountantAbi.Recover.Call(
            address, AddCollections(new AbiEncoder(), promises).AddTuple(promise).AddTuple(LoanReturn(loanReturn)));
    }

    private static AbiEncoder AddCollections(AbiEncoder arguments, IReadOnlyCollection<PromiseToCollect> rows) =>
        arguments.AddArray(rows, (array, row) => array.AddTuple(new AbiEncoder()
            .Add(row.Identity)
            .Add(row.Amount)
            .Add(row.AgreementHash)
            .Add(row.Preimage.Value)
            .AddBytes(row.Signature.ToArray())));

    private static AbiEncoder Settlement(PromiseToSettle promise) => new AbiEncoder()
        .Add(promise.Provider)
        .Add(promise.Amount)
        .Add(promise.Preimage.Value)
        .AddBytes(promise.Signature.ToArray())
        .AddTuple(Fee(promise.Fee));

    // An amount of 0 is no promise, but the provider still says whose channel it is.
    private static AbiEncoder NoSettlement(Address provider) => new AbiEncoder()
        .Add(provider)
        .Add(Amount.Zero)
        .Add(default(Bytes32))
        .AddBytes([])
        .AddTuple(Fee(null));

    // In a batch a fee with an empty signature is no fee.
    private static AbiEncoder Fee(SignedSettlementFee? fee) => new AbiEncoder()
        .Add(fee?.Message.TotalFee ?? Amount.Zero)
        .Add(fee?.Message.TransactionMaker ?? Address.Zero)
        .Add(fee?.Message.MinSettled ?? Amount.Zero)
        .Add(fee?.Message.Deadline ?? 0)
        .AddBytes(fee is null ? [] : fee.Signature.ToArray());
}

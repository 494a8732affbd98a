using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Asks one contract for values.</summary>
internal sealed class ContractReader(IEthereumClient client, Address contract)
{
    public async Task<T> ReadAsync<T>(
        AbiFunction function, AbiEncoder? arguments, Func<AbiDecoder, T> read, BlockReference block, CancellationToken cancellation)
    {
        var data = await client.CallAsync(function.Call(contract, arguments), block, cancellation);
        return read(new AbiDecoder(data));
    }

    public Task<T> ReadAsync<T>(AbiFunction function, Func<AbiDecoder, T> read, BlockReference block, CancellationToken cancellation) =>
        ReadAsync(function, null, read, block, cancellation);
}

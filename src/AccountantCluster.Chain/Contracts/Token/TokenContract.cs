using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The ERC-20 token of a registry. It must be a plain one, without transfer fees and rebasing, with a supply below 2^128 (protocol §6).
/// </summary>
public sealed class TokenContract(IEthereumClient client, Address address)
{
    private readonly ContractReader _reader = new(client, address);

    /// <summary>Where it is.</summary>
    public Address Address => address;

    /// <summary>Tokens of an account.</summary>
    public Task<Amount> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(TokenAbi.BalanceOf, new AbiEncoder().Add(account), data => data.ReadAmount(), block, cancellation);

    /// <summary>Tokens of all accounts.</summary>
    public Task<Amount> GetTotalSupplyAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(TokenAbi.TotalSupply, data => data.ReadAmount(), block, cancellation);

    /// <summary>How many of the owner's tokens the spender may take.</summary>
    public Task<Amount> GetAllowanceAsync(Address owner, Address spender, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(TokenAbi.Allowance, new AbiEncoder().Add(owner).Add(spender), data => data.ReadAmount(), block, cancellation);

    /// <summary>Sends tokens: also the way to top a consumer channel up, before or after it exists.</summary>
    public ContractCall Transfer(Address to, Amount value) => TokenAbi.Transfer.Call(address, new AbiEncoder().Add(to).Add(value));

    /// <summary>Lets a contract take up to that many tokens.</summary>
    public ContractCall Approve(Address spender, Amount value) => TokenAbi.Approve.Call(address, new AbiEncoder().Add(spender).Add(value));

    /// <summary>Development token only: creates tokens.</summary>
    public ContractCall Mint(Address to, Amount value) => TokenAbi.Mint.Call(address, new AbiEncoder().Add(to).Add(value));
}

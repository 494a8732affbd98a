using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Brings the contracts onto a chain, paid by one key.</summary>
public sealed class Deployment(IEthereumClient client, TransactionSender sender)
{
    /// <summary>Deploys the worthless token of development chains.</summary>
    public async Task<TokenContract> DeployTokenAsync(CancellationToken cancellation = default) =>
        new(client, await DeployAsync(ContractArtifact.DevelopmentToken, new AbiEncoder(), cancellation));

    /// <summary>Deploys a registry, with the implementations of its accountants and channels.</summary>
    /// <param name="token">A plain ERC-20 token.</param>
    /// <param name="minimumStake">Of every accountant.</param>
    /// <param name="registrationFee">Of every identity; zero for none.</param>
    /// <param name="treasury">Who receives registration fees.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<RegistryContract> DeployRegistryAsync(
        Address token, Amount minimumStake, Amount registrationFee, Address treasury, CancellationToken cancellation = default)
    {
        var arguments = new AbiEncoder().Add(token).Add(minimumStake).Add(registrationFee).Add(treasury);
        return new RegistryContract(client, await DeployAsync(ContractArtifact.Registry, arguments, cancellation));
    }

    /// <summary>Registers an accountant that the sender owns and pays the stake for.</summary>
    public async Task<AccountantContract> RegisterAccountantAsync(
        RegistryContract registry, Address operatorAddress, Amount stake, ushort feeBasisPoints, CancellationToken cancellation = default)
    {
        var token = new TokenContract(client, await registry.GetTokenAsync(BlockReference.Latest, cancellation));
        await sender.SendAsync(token.Approve(registry.Address, stake), cancellation);
        var receipt = await sender.SendAsync(registry.RegisterAccountant(operatorAddress, stake, feeBasisPoints), cancellation);
        return new AccountantContract(client, receipt.Events<AccountantRegistered>(registry.Address).Single().Accountant);
    }

    private async Task<Address> DeployAsync(ContractArtifact artifact, AbiEncoder arguments, CancellationToken cancellation)
    {
        byte[] creation = [.. artifact.Bytecode.Span, .. arguments.ToArray()];
        var receipt = await sender.SendAsync(new TransactionRequest(To: null, creation), cancellation);
        return receipt.DeployedContract ?? throw new EthereumUnavailableException("The receipt of a deployment names no contract.");
    }
}

using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Networks;

/// <summary>A network to be deployed.</summary>
internal sealed record NetworkPlan
{
    /// <summary>The chain's JSON-RPC address.</summary>
    public required Uri Rpc { get; init; }

    /// <summary>Who signs for the accountant.</summary>
    public required Address Operator { get; init; }

    /// <summary>The token; null to deploy the worthless one.</summary>
    public required Address? Token { get; init; }

    /// <summary>Units of the worthless token that are made for the deployer.</summary>
    public Amount DevelopmentTokens { get; init; }

    /// <summary>The accountant's stake and the registry's minimum.</summary>
    public required Amount Stake { get; init; }

    /// <summary>The accountant's fee.</summary>
    public required ushort FeeBasisPoints { get; init; }

    /// <summary>What registering an identity costs.</summary>
    public required Amount RegistrationFee { get; init; }

    /// <summary>Who receives registration fees.</summary>
    public required Address Treasury { get; init; }

    /// <summary>The gRPC address of the accountant's node.</summary>
    public Uri? Node { get; init; }

    /// <summary>Blocks on top of a transaction's own before it counts.</summary>
    public required int Confirmations { get; init; }

    /// <summary>
    /// Deploys it, paid by one key; every step is told when it is done, because a failure in between leaves the earlier ones on the chain.
    /// </summary>
    public async Task<NetworkFile> DeployAsync(PrivateKey deployer, Action<string> tell, CancellationToken cancellation)
    {
        using var client = new JsonRpcEthereumClient(Rpc);
        var chainId = await client.GetChainIdAsync(cancellation);
        using var sender = new TransactionSender(client, deployer, chainId, new TransactionSenderOptions { Confirmations = Confirmations });
        var deployment = new Deployment(client, sender);
        var token = await TokenAsync(client, sender, deployment, tell, cancellation);
        var registry = await deployment.DeployRegistryAsync(token, Stake, RegistrationFee, Treasury, cancellation);
        tell($"Deployed the registry at {registry.Address.ToChecksumString()}.");
        var accountant = await deployment.RegisterAccountantAsync(registry, Operator, Stake, FeeBasisPoints, cancellation);
        tell($"Registered the accountant at {accountant.Address.ToChecksumString()} with a stake of {Stake}.");
        var implementation = await registry.GetConsumerChannelImplementationAsync(BlockReference.Latest, cancellation);
        return new NetworkFile(
            Rpc, chainId, token, registry.Address, accountant.Address, Node, Confirmations, implementation, RegistrationFee);
    }

    private async Task<Address> TokenAsync(
        IEthereumClient client, TransactionSender sender, Deployment deployment, Action<string> tell, CancellationToken cancellation)
    {
        if (Token is { } existing)
        {
            // Found out now, and not after the registry is paid for.
            var balance = await new TokenContract(client, existing).GetBalanceAsync(sender.Address, BlockReference.Latest, cancellation);
            return balance >= Stake
                ? existing
                : throw new CommandFailedException($"The deployer has {balance} units; the stake needs {Stake}. Nothing was deployed.");
        }
        if (DevelopmentTokens < Stake)
            throw new CommandFailedException($"{DevelopmentTokens} units would be made; the stake needs {Stake}. Nothing was deployed.");
        var token = await deployment.DeployTokenAsync(cancellation);
        tell($"Deployed the development token at {token.Address.ToChecksumString()}.");
        await sender.SendAsync(token.Mint(sender.Address, DevelopmentTokens), cancellation);
        tell($"Made {DevelopmentTokens} units of it for {sender.Address.ToChecksumString()}.");
        return token.Address;
    }
}

namespace AccountantCluster.Chain;

/// <summary>The functions of <c>IRegistry.sol</c>.</summary>
public static class RegistryAbi
{
    /// <summary>Deploys an accountant's contract.</summary>
    public static readonly AbiFunction RegisterAccountant = new("registerAccountant(address,uint256,uint16)", "address");

    /// <summary>Deploys a consumer channel.</summary>
    public static readonly AbiFunction RegisterIdentity =
        new("registerIdentity((address,address,uint256,address,uint256,address,uint256),bytes)", "address");

    /// <summary>The one token.</summary>
    public static readonly AbiFunction Token = new("token()", "address");

    /// <summary>The least stake of an accountant.</summary>
    public static readonly AbiFunction MinimumStake = new("minimumStake()", "uint256");

    /// <summary>What registering costs.</summary>
    public static readonly AbiFunction RegistrationFee = new("registrationFee()", "uint256");

    /// <summary>Who receives it.</summary>
    public static readonly AbiFunction Treasury = new("treasury()", "address");

    /// <summary>The code behind accountants.</summary>
    public static readonly AbiFunction AccountantImplementation = new("accountantImplementation()", "address");

    /// <summary>The code behind consumer channels.</summary>
    public static readonly AbiFunction ConsumerChannelImplementation = new("consumerChannelImplementation()", "address");

    /// <summary>Whether the registry deployed that accountant.</summary>
    public static readonly AbiFunction IsAccountant = new("isAccountant(address)", "bool");

    /// <summary>Whether a consumer channel exists.</summary>
    public static readonly AbiFunction IsRegistered = new("isRegistered(address,address)", "bool");

    /// <summary>Where a consumer channel is or will be.</summary>
    public static readonly AbiFunction ChannelAddress = new("channelAddress(address,address)", "address");

    /// <summary>How many accountants an owner has registered.</summary>
    public static readonly AbiFunction AccountantCount = new("accountantCount(address)", "uint256");

    /// <summary>Where an accountant is or will be.</summary>
    public static readonly AbiFunction AccountantAddress = new("accountantAddress(address,address,uint256)", "address");

    /// <summary>Sends lost tokens on to the treasury.</summary>
    public static readonly AbiFunction RescueTokens = new("rescueTokens(address)");

    /// <summary>Sends lost ether on to the treasury.</summary>
    public static readonly AbiFunction RescueEther = new("rescueEther()");
}

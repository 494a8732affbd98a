namespace AccountantCluster.Chain;

/// <summary>The functions of <c>IAccountant.sol</c>.</summary>
public static class AccountantAbi
{
    /// <summary>Pays a provider what a promise says.</summary>
    public static readonly AbiFunction SettlePromise = new("settlePromise(address,uint256,bytes32,bytes)", "uint256");

    /// <summary>The same with a fee for who sends it.</summary>
    public static readonly AbiFunction SettlePromiseWithFee =
        new("settlePromiseWithFee(address,uint256,bytes32,bytes,(uint256,address,uint256,uint256,bytes))", "uint256");

    /// <summary>Many settlements.</summary>
    public static readonly AbiFunction SettlePromises =
        new("settlePromises((address,uint256,bytes32,bytes,(uint256,address,uint256,uint256,bytes))[])");

    /// <summary>Refills a provider channel.</summary>
    public static readonly AbiFunction RebalanceChannel = new("rebalanceChannel(address)");

    /// <summary>Refills many.</summary>
    public static readonly AbiFunction RebalanceChannels = new("rebalanceChannels(address[])");

    /// <summary>Cashes many consumer promises.</summary>
    public static readonly AbiFunction Collect = new("collect((address,uint256,bytes32,bytes32,bytes)[])");

    /// <summary>Lends more.</summary>
    public static readonly AbiFunction IncreaseLoan = new("increaseLoan(address,uint256)");

    /// <summary>State of a provider channel.</summary>
    public static readonly AbiFunction Channel = new("channel(address)", "(address,uint128,uint128,uint128,uint128,uint128,uint64)");

    /// <summary>Id of a provider channel.</summary>
    public static readonly AbiFunction ChannelId = new("channelId(address)", "bytes32");

    /// <summary>Whether a key signs for the accountant.</summary>
    public static readonly AbiFunction IsOperator = new("isOperator(address)", "bool");

    /// <summary>Who owns the funds.</summary>
    public static readonly AbiFunction Owner = new("owner()", "address");

    /// <summary>The token.</summary>
    public static readonly AbiFunction Token = new("token()", "address");

    /// <summary>The registry.</summary>
    public static readonly AbiFunction Registry = new("registry()", "address");

    /// <summary>The fee.</summary>
    public static readonly AbiFunction FeeBasisPoints = new("feeBasisPoints()", "uint16");

    /// <summary>S.</summary>
    public static readonly AbiFunction Stake = new("stake()", "uint256");

    /// <summary>L.</summary>
    public static readonly AbiFunction LockedFunds = new("lockedFunds()", "uint256");

    /// <summary>V.</summary>
    public static readonly AbiFunction ReservedFunds = new("reservedFunds()", "uint256");

    /// <summary>max(0, T − V − S).</summary>
    public static readonly AbiFunction Withdrawable = new("withdrawable()", "uint256");
}

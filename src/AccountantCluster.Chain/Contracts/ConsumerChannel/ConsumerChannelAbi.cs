namespace AccountantCluster.Chain;

/// <summary>The functions of <c>IConsumerChannel.sol</c>.</summary>
public static class ConsumerChannelAbi
{
    /// <summary>Pays the accountant what a promise says.</summary>
    public static readonly AbiFunction SettlePromise = new("settlePromise(uint256,bytes32,bytes32,bytes)", "uint256");

    /// <summary>Whose channel it is.</summary>
    public static readonly AbiFunction Identity = new("identity()", "address");

    /// <summary>Whom it pays.</summary>
    public static readonly AbiFunction Accountant = new("accountant()", "address");

    /// <summary>What it pays with.</summary>
    public static readonly AbiFunction Token = new("token()", "address");

    /// <summary>Who deployed it.</summary>
    public static readonly AbiFunction Registry = new("registry()", "address");

    /// <summary>Total ever settled.</summary>
    public static readonly AbiFunction Settled = new("settled()", "uint256");
}

namespace AccountantCluster.Chain;

/// <summary>The functions of <c>IConsumerChannel.sol</c>.</summary>
public static class ConsumerChannelAbi
{
    /// <summary>Pays the accountant what a promise says.</summary>
    public static readonly AbiFunction SettlePromise = new("settlePromise(uint256,bytes32,bytes32,bytes)", "uint256");

    /// <summary>Announces that the consumer takes its tokens back.</summary>
    public static readonly AbiFunction RequestExit = new("requestExit(address,uint256,uint256,bytes)");

    /// <summary>Pays them out.</summary>
    public static readonly AbiFunction FinalizeExit = new("finalizeExit()", "uint256");

    /// <summary>Pays some out at once, by agreement.</summary>
    public static readonly AbiFunction ConsentExit = new("consentExit(address,uint256,uint256,uint256,bytes,bytes)");

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

    /// <summary>Counter of signed requests.</summary>
    public static readonly AbiFunction Nonce = new("nonce()", "uint256");

    /// <summary>What was announced.</summary>
    public static readonly AbiFunction ExitRequest = new("exitRequest()", "address,uint256,uint256");

    /// <summary>Sends a foreign token on to the consumer.</summary>
    public static readonly AbiFunction RescueTokens = new("rescueTokens(address)");

    /// <summary>Sends ether on to the consumer.</summary>
    public static readonly AbiFunction RescueEther = new("rescueEther()");
}

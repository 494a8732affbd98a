namespace AccountantCluster.Chain;

/// <summary>The functions of <c>IAccountant.sol</c>, in the order of the interfaces that make it up, and those of its ownership.</summary>
public static class AccountantAbi
{
    private const string Fee = "(uint256,address,uint256,uint256,bytes)";
    private const string Settlement = $"(address,uint256,bytes32,bytes,{Fee})";
    private const string Collection = "(address,uint256,bytes32,bytes32,bytes)";
    private const string SignedReturn = "(uint256,uint256,bytes)";
    private const string AnnouncedRequest = "uint256,uint256,uint256";

    /// <summary>Refills a provider channel.</summary>
    public static readonly AbiFunction RebalanceChannel = new("rebalanceChannel(address)");

    /// <summary>Refills many.</summary>
    public static readonly AbiFunction RebalanceChannels = new("rebalanceChannels(address[])");

    /// <summary>Sends a provider's money elsewhere.</summary>
    public static readonly AbiFunction SetBeneficiary = new("setBeneficiary(address,address,uint256,uint256,bytes)");

    /// <summary>State of a provider channel.</summary>
    public static readonly AbiFunction Channel = new("channel(address)", "(address,uint128,uint128,uint128,uint128,uint128,uint64)");

    /// <summary>Id of a provider channel.</summary>
    public static readonly AbiFunction ChannelId = new("channelId(address)", "bytes32");

    /// <summary>The token.</summary>
    public static readonly AbiFunction Token = new("token()", "address");

    /// <summary>The registry.</summary>
    public static readonly AbiFunction Registry = new("registry()", "address");

    /// <summary>S.</summary>
    public static readonly AbiFunction Stake = new("stake()", "uint256");

    /// <summary>L.</summary>
    public static readonly AbiFunction LockedFunds = new("lockedFunds()", "uint256");

    /// <summary>V.</summary>
    public static readonly AbiFunction ReservedFunds = new("reservedFunds()", "uint256");

    /// <summary>max(0, T − V − S).</summary>
    public static readonly AbiFunction Withdrawable = new("withdrawable()", "uint256");

    /// <summary>Cashes many consumer promises.</summary>
    public static readonly AbiFunction Collect = new($"collect({Collection}[])");

    /// <summary>Pays a provider what a promise says.</summary>
    public static readonly AbiFunction SettlePromise = new("settlePromise(address,uint256,bytes32,bytes)", "uint256");

    /// <summary>The same with a fee for who sends it.</summary>
    public static readonly AbiFunction SettlePromiseWithFee = new($"settlePromiseWithFee(address,uint256,bytes32,bytes,{Fee})", "uint256");

    /// <summary>Many settlements.</summary>
    public static readonly AbiFunction SettlePromises = new($"settlePromises({Settlement}[])");

    /// <summary>Pays many providers on the operator's word.</summary>
    public static readonly AbiFunction PayProviders = new("payProviders(bytes)");

    /// <summary>Everything that a provider's evidence gives.</summary>
    public static readonly AbiFunction Recover = new($"recover({Collection}[],{Settlement},{SignedReturn})", "uint256,uint256");

    /// <summary>Lends more.</summary>
    public static readonly AbiFunction IncreaseLoan = new("increaseLoan(address,uint256)");

    /// <summary>Gives a loan back.</summary>
    public static readonly AbiFunction ReturnLoan = new($"returnLoan(address,{SignedReturn})", "uint256");

    /// <summary>Raises a balance above its loan.</summary>
    public static readonly AbiFunction LockFunds = new("lockFunds(address,uint256)");

    /// <summary>Announces that a balance goes down towards its loan.</summary>
    public static readonly AbiFunction RequestRelease = new("requestRelease(address,uint256)");

    /// <summary>Does so.</summary>
    public static readonly AbiFunction FinalizeRelease = new("finalizeRelease(address)", "uint256");

    /// <summary>What was announced.</summary>
    public static readonly AbiFunction ReleaseRequest = new("releaseRequest(address)", AnnouncedRequest);

    /// <summary>Changes the fee.</summary>
    public static readonly AbiFunction SetFee = new("setFee(uint16)");

    /// <summary>The fee.</summary>
    public static readonly AbiFunction FeeBasisPoints = new("feeBasisPoints()", "uint16");

    /// <summary>The fee after the last announcement.</summary>
    public static readonly AbiFunction AnnouncedFee = new("announcedFee()", "uint16,uint64");

    /// <summary>Adds a key.</summary>
    public static readonly AbiFunction AddOperator = new("addOperator(address)");

    /// <summary>Revokes a key.</summary>
    public static readonly AbiFunction RevokeOperator = new("revokeOperator(address)");

    /// <summary>Whether a key signs for the accountant.</summary>
    public static readonly AbiFunction IsOperator = new("isOperator(address)", "bool");

    /// <summary>When a key signs for the accountant.</summary>
    public static readonly AbiFunction OperatorValidity = new("operatorValidity(address)", "uint64,uint64");

    /// <summary>Announces a withdrawal.</summary>
    public static readonly AbiFunction RequestWithdrawal = new("requestWithdrawal(uint256)");

    /// <summary>Withdraws.</summary>
    public static readonly AbiFunction Withdraw = new("withdraw()", "uint256");

    /// <summary>What was announced.</summary>
    public static readonly AbiFunction WithdrawalRequest = new("withdrawalRequest()", AnnouncedRequest);

    /// <summary>Refuses or takes registrations with a loan.</summary>
    public static readonly AbiFunction PauseNewLoans = new("pauseNewLoans(bool)");

    /// <summary>Whether they are refused.</summary>
    public static readonly AbiFunction NewLoansPaused = new("newLoansPaused()", "bool");

    /// <summary>Closes the accountant.</summary>
    public static readonly AbiFunction Close = new("close()");

    /// <summary>When it began to close.</summary>
    public static readonly AbiFunction ClosingSince = new("closingSince()", "uint256");

    /// <summary>Pays the stake back.</summary>
    public static readonly AbiFunction ReturnStake = new("returnStake()", "uint256");

    /// <summary>Who owns the funds.</summary>
    public static readonly AbiFunction Owner = new("owner()", "address");

    /// <summary>Who will own them after accepting.</summary>
    public static readonly AbiFunction PendingOwner = new("pendingOwner()", "address");

    /// <summary>Offers the accountant to a new owner.</summary>
    public static readonly AbiFunction TransferOwnership = new("transferOwnership(address)");

    /// <summary>Takes it.</summary>
    public static readonly AbiFunction AcceptOwnership = new("acceptOwnership()");

    /// <summary>Sends a foreign token on to the owner.</summary>
    public static readonly AbiFunction RescueTokens = new("rescueTokens(address)");

    /// <summary>Sends ether on to the owner.</summary>
    public static readonly AbiFunction RescueEther = new("rescueEther()");
}

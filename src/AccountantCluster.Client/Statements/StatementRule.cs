namespace AccountantCluster.Client.Statements;

/// <summary>What must hold in a statement: the closed set.</summary>
public enum StatementRule
{
    /// <summary>A line stands once, in the order of the chain, within the blocks of the statement. Found: what the line moves.</summary>
    LineStandsOnce,

    /// <summary>A line's total is the one before it and what was paid.</summary>
    RunningTotal,

    /// <summary>No more is settled than was requested.</summary>
    WithinRequest,

    /// <summary>A transaction maker's fee comes out of its payment.</summary>
    FeeWithinPayment,

    /// <summary>The token moved to the beneficiary what a payment says, less the fee.</summary>
    TokensReceived,

    /// <summary>A channel never gives more than it has.</summary>
    NeverBelowZero,

    /// <summary>What was settled before and all that was paid since is what the contract says is settled.</summary>
    SettledOnChain,

    /// <summary>Fees paid before and all fees since are what the contract says was paid in fees.</summary>
    FeesOnChain,

    /// <summary>What was there before, and what came and left since, is what the token says is there.</summary>
    BalanceOnChain,

    /// <summary>What the accountant says is settled is what the chain says, at the accountant's block.</summary>
    AccountantSettled,

    /// <summary>What the accountant says was deposited is what the chain says, at the accountant's block.</summary>
    AccountantDeposited,

    /// <summary>The accountant promised, or was promised, at least what it says is settled.</summary>
    SettledWasPromised,

    /// <summary>The accountant credited no more than the consumer promised.</summary>
    CreditedWasPromised,
}

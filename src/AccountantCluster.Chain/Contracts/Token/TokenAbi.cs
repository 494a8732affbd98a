namespace AccountantCluster.Chain;

/// <summary>The functions of ERC-20, and the development token's own.</summary>
public static class TokenAbi
{
    /// <summary>Tokens of an account.</summary>
    public static readonly AbiFunction BalanceOf = new("balanceOf(address)", "uint256");

    /// <summary>Tokens of all accounts.</summary>
    public static readonly AbiFunction TotalSupply = new("totalSupply()", "uint256");

    /// <summary>How many tokens one account may take from another.</summary>
    public static readonly AbiFunction Allowance = new("allowance(address,address)", "uint256");

    /// <summary>Sends tokens.</summary>
    public static readonly AbiFunction Transfer = new("transfer(address,uint256)", "bool");

    /// <summary>Lets an account take tokens.</summary>
    public static readonly AbiFunction Approve = new("approve(address,uint256)", "bool");

    /// <summary>Development token only: creates tokens for anybody.</summary>
    public static readonly AbiFunction Mint = new("mint(address,uint256)");
}

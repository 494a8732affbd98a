// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICollections} from "./ICollections.sol";
import {ILoans} from "./ILoans.sol";
import {ISettlements} from "./ISettlements.sol";

/// @title The way out without the accountant (paper section 4.5)
/// @notice Needs nothing but the evidence that a provider keeps.
interface IRecovery {
    /// @notice Everything that evidence gives, in one call and at any status: collects consumers' promises into this contract; pays the
    /// provider min(amount - settled, balance + max(withdrawable, what this call collected)), the collected tokens first; refills its
    /// balance; returns its loan. Steps with nothing left to do are skipped, because anyone can send them first. Anyone may send it.
    /// @param promises consumers' promises with R, whose provider may be anybody; a bad row fails alone
    /// @param settlement the accountant's promise to the provider with R; amount 0 for none
    /// @param loanReturn signed by the provider; total 0 for none
    /// @return paid what left the channel by the promise, the fee included
    /// @return returned what was returned of the loan
    function recover(
        ICollections.Collection[] calldata promises,
        ISettlements.Settlement calldata settlement,
        ILoans.LoanReturn calldata loanReturn
    ) external returns (uint256 paid, uint256 returned);
}

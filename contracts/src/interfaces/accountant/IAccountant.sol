// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRescue} from "../IRescue.sol";
import {IChannelBook} from "./IChannelBook.sol";
import {ICollections} from "./ICollections.sol";
import {IFeeTerms} from "./IFeeTerms.sol";
import {IGuarantees} from "./IGuarantees.sol";
import {ILoans} from "./ILoans.sol";
import {IOperatorKeys} from "./IOperatorKeys.sol";
import {IOwnerFunds} from "./IOwnerFunds.sol";
import {IPackedPayments} from "./IPackedPayments.sol";
import {IRecovery} from "./IRecovery.sol";
import {ISettlements} from "./ISettlements.sol";

/// @title The accountant on chain: its funds and all of its provider channels (paper sections 4.2 and 4.5)
/// @notice Foreign tokens and ether that are sent here by mistake go to the owner.
interface IAccountant is
    IChannelBook,
    ICollections,
    IOperatorKeys,
    ISettlements,
    IPackedPayments,
    IOwnerFunds,
    ILoans,
    IRecovery,
    IGuarantees,
    IFeeTerms,
    IRescue
{
    /// @notice Who owns what is nobody else's.
    function owner() external view returns (address);
}

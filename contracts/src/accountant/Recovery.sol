// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecovery} from "../interfaces/accountant/IRecovery.sol";
import {Collections} from "./Collections.sol";
import {Loans} from "./Loans.sol";
import {Settlements} from "./Settlements.sol";

/// @title The way out without the accountant
/// @notice Everything that evidence gives, in one call.
/// @dev In one transaction, because what it collects would otherwise be swallowed by V + S before the provider could settle it.
abstract contract Recovery is Collections, Settlements, Loans, IRecovery {
    /// @inheritdoc IRecovery
    function recover(Collection[] calldata promises, Settlement calldata settlement, LoanReturn calldata loanReturn)
        external
        onlyThroughProxy
        nonReentrant
        returns (uint256 paid, uint256 returned)
    {
        uint256 before = _held();
        _collect(promises);
        address provider = settlement.provider;
        if (settlement.amount > _entries[provider].head.settled) paid = _pay(_verify(settlement), _held() - before);
        _refill(provider, _held());
        if (loanReturn.totalReturned > _entries[provider].returned) returned = _returnLoan(provider, loanReturn);
    }
}

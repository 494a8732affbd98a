// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICollections} from "../../src/interfaces/accountant/ICollections.sol";
import {ILoans} from "../../src/interfaces/accountant/ILoans.sol";
import {IRecovery} from "../../src/interfaces/accountant/IRecovery.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {ProviderActions} from "./ProviderActions.sol";

/// @title The way out without the accountant, at any time
abstract contract RecoveryActions is ProviderActions {
    function recover(uint256 i, uint256 consumerTotal, uint256 j, uint256 total, uint256 returnTotal) external watched {
        (i, j) = (_pick(i), _pick(j));
        ICollections.Collection[] memory promises = new ICollections.Collection[](1);
        promises[0] = _collection(j, _signConsumerTotal(j, consumerTotal));
        uint256 k = _operatorFor(1 + total % 2 * 8);
        ISettlements.Settlement memory settlement;
        settlement.provider = identity[i];
        if (isValid(k)) settlement = _row(i, _signProviderTotal(i, total, k), k);
        (ILoans.LoanReturn memory loanReturn,) = _signReturn(i, returnTotal, 0);
        Books memory books = _books();
        uint256 collected = _collectable(j, promises[0].amount);
        books.held += collected;
        _settleIn(books, i, settlement.amount, collected, SignedFee(0, 0));
        _refillIn(books, i);
        _returnIn(books, i, loanReturn.totalReturned);
        bytes memory call = abi.encodeCall(IRecovery.recover, (promises, settlement, loanReturn));
        if (_act(Action.Recover, stranger, address(accountant), call, 0)) _requireBooks(books, Action.Recover);
    }

    function _collectable(uint256 j, uint256 total) private view returns (uint256) {
        if (!_ghosts[j].registered) return 0;
        uint256 settled = facts(j).consumerSettled;
        return total <= settled ? 0 : _min(total - settled, token.balanceOf(channelOf[j]));
    }
}

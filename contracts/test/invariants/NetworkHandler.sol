// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OwnerActions} from "./OwnerActions.sol";

/// @title What anybody may do in any order, and time
contract NetworkHandler is OwnerActions {
    uint256 public donated;

    function setUp() public override {
        super.setUp();
        _funded(0, 2000);
        _funded(1, 500);
    }

    function donate(uint256 amount) external watched {
        amount = _bound(amount, 1, MOST);
        _addFree(amount);
        donated += amount;
    }

    /// @dev Hours to weeks; mostly steps that end a notice or a request to the second, or just do not.
    function pass(uint256 seed) external {
        uint256[8] memory steps =
            [uint256(1 hours), 1 days, NOTICE - 1, NOTICE, NOTICE + 1 days, LAPSE, NOTICE + LAPSE, NOTICE + LAPSE + 1];
        clock += seed % 4 == 0 ? _bound(seed / 4, 1 hours, 21 days) : steps[seed / 4 % 8];
    }

    function actions() external pure returns (bytes4[] memory all) {
        all = new bytes4[](36);
        (all[0], all[1], all[2], all[3]) =
        (this.donate.selector, this.pass.selector, this.fund.selector, this.register.selector);
        (all[4], all[5], all[6]) = (this.settleConsumer.selector, this.collect.selector, this.requestExit.selector);
        (all[7], all[8]) = (this.finalizeExit.selector, this.consentExit.selector);
        (all[9], all[10]) = (this.increaseLoan.selector, this.settleProvider.selector);
        (all[11], all[12]) = (this.settleWithFee.selector, this.settleProviders.selector);
        (all[13], all[14]) = (this.setBeneficiary.selector, this.returnLoan.selector);
        (all[15], all[16], all[17]) = (this.rebalance.selector, this.rebalanceSome.selector, this.recover.selector);
        (all[18], all[19]) = (this.lockFunds.selector, this.requestRelease.selector);
        (all[20], all[21]) = (this.finalizeRelease.selector, this.payProviders.selector);
        (all[22], all[23]) = (this.requestWithdrawal.selector, this.withdraw.selector);
        (all[24], all[25], all[26]) = (this.pauseNewLoans.selector, this.close.selector, this.returnStake.selector);
        (all[27], all[28]) = (this.addOperator.selector, this.revokeOperator.selector);
        (all[29], all[30]) = (this.setFee.selector, this.rescueTokens.selector);
        // What everything else waits for comes more often: time, deposits and the second half of an announcement.
        (all[31], all[32], all[33]) = (this.pass.selector, this.pass.selector, this.fund.selector);
        (all[34], all[35]) = (this.finalizeExit.selector, this.finalizeRelease.selector);
    }

    /// @dev Tokens at the predicted address before anything else happens.
    function _funded(uint256 i, uint256 amount) private {
        token.mint(channelOf[i], amount);
        _ghosts[i].funded = amount;
    }
}

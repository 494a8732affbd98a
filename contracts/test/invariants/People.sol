// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {IChannelBook} from "../../src/interfaces/accountant/IChannelBook.sol";
import {Network} from "../base/Network.sol";

/// @title Identities that pay and are paid, and the ghost totals of what they signed and moved
abstract contract People is Network {
    uint256 public constant COUNT = 5;

    /// @dev What one identity has done; nothing here is read from the contracts.
    struct Ghost {
        uint256 funded;
        uint256 spentOnRegistration;
        uint256 lent;
        uint256 highestConsumerTotal;
        uint256 highestProviderTotal;
        uint256 highestFeeTotal;
        bool registered;
    }

    /// @dev What the contracts say about one identity.
    struct Facts {
        uint256 consumerSettled;
        uint256 loan;
        uint256 balance;
        uint256 settled;
        uint256 feesPaid;
    }

    Ghost[COUNT] internal _ghosts;
    address[COUNT] public identity;
    address[COUNT] public channelOf;
    address[COUNT] public beneficiary;
    uint256 public donated;
    uint256 public registrationMakerFees;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < COUNT; ++i) {
            identity[i] = vm.addr(key(i));
            beneficiary[i] = vm.addr(0xBE00 + i);
            channelOf[i] = registry.channelAddress(identity[i], address(accountant));
        }
    }

    function ghost(uint256 i) external view returns (Ghost memory) {
        return _ghosts[i];
    }

    function facts(uint256 i) public view returns (Facts memory) {
        IChannelBook.ProviderChannel memory channel = accountant.channel(identity[i]);
        bool registered = channelOf[i].code.length != 0;
        return Facts({
            consumerSettled: registered ? ConsumerChannel(channelOf[i]).settled() : 0,
            loan: channel.loan,
            balance: channel.balance,
            settled: channel.settled,
            feesPaid: channel.feesPaid
        });
    }

    function key(uint256 i) public pure returns (uint256) {
        return 0x1D00 + i;
    }

    function contracts() external view returns (address token_, address accountant_) {
        return (address(token), address(accountant));
    }

    function parties() external view returns (address treasury_, address transactionMaker_) {
        return (treasury, transactionMaker);
    }

    function _pick(uint256 seed) internal pure returns (uint256) {
        return seed % COUNT;
    }
}

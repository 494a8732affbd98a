// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {IChannelBook} from "../../src/interfaces/accountant/IChannelBook.sol";
import {Network} from "../base/Network.sol";

/// @title Identities that pay and are paid, and the ghost totals of what they signed and moved
abstract contract People is Network {
    uint256 public constant COUNT = 4;
    uint256 internal constant NOTICE = 4 days;
    uint256 internal constant LAPSE = 7 days;

    /// @dev An announcement, all zero for none.
    struct Announced {
        uint256 amount;
        uint256 time;
    }

    /// @dev What one identity has done; nothing here is read from the contracts.
    struct Ghost {
        uint256 funded;
        uint256 spentOnRegistration;
        uint256 exited;
        uint256 lent;
        uint256 highestConsumerTotal;
        uint256 highestProviderTotal;
        uint256 highestFeeTotal;
        uint256 highestReturnTotal;
        uint256 receivedHere;
        uint256 receivedElsewhere;
        uint256 consumerNonce;
        uint256 providerNonce;
        bool registered;
        bool redirected;
        Announced exit;
        Announced release;
    }

    /// @dev What the contracts say about one identity.
    struct Facts {
        uint256 consumerSettled;
        uint256 consumerNonce;
        address beneficiary;
        uint256 loan;
        uint256 returned;
        uint256 balance;
        uint256 settled;
        uint256 feesPaid;
        uint256 nonce;
    }

    Ghost[COUNT] internal _ghosts;
    address[COUNT] public identity;
    address[COUNT] public channelOf;
    address[COUNT] public beneficiary;
    address[COUNT] public exitTo;

    function setUp() public virtual override {
        super.setUp();
        for (uint256 i = 0; i < COUNT; ++i) {
            identity[i] = vm.addr(key(i));
            beneficiary[i] = vm.addr(0xBE00 + i);
            exitTo[i] = vm.addr(0xE100 + i);
            channelOf[i] = registry.channelAddress(identity[i], address(accountant));
        }
    }

    function ghost(uint256 i) external view returns (Ghost memory) {
        return _ghosts[i];
    }

    function facts(uint256 i) public view returns (Facts memory now_) {
        IChannelBook.ProviderChannel memory channel = accountant.channel(identity[i]);
        if (channelOf[i].code.length != 0) {
            now_.consumerSettled = ConsumerChannel(channelOf[i]).settled();
            now_.consumerNonce = ConsumerChannel(channelOf[i]).nonce();
        }
        (now_.beneficiary, now_.loan, now_.returned) = (channel.beneficiary, channel.loan, channel.returned);
        (now_.balance, now_.settled, now_.feesPaid) = (channel.balance, channel.settled, channel.feesPaid);
        now_.nonce = channel.nonce;
    }

    function contracts() external view returns (address token_, address accountant_) {
        return (address(token), address(accountant));
    }

    function parties() external view returns (address treasury_, address transactionMaker_, address owner_) {
        return (treasury, transactionMaker, owner);
    }

    function key(uint256 i) public pure returns (uint256) {
        return 0x1D00 + i;
    }

    function _pick(uint256 seed) internal pure returns (uint256) {
        return seed % COUNT;
    }

    function _consumerId(uint256 i) internal view returns (bytes32) {
        return bytes32(uint256(uint160(channelOf[i])));
    }

    function _providerId(uint256 i) internal view returns (bytes32) {
        return keccak256(bytes.concat(bytes20(identity[i]), bytes20(address(accountant))));
    }

    /// @dev A message in the accountant's domain, signed by an identity.
    function _signedBy(uint256 key_, bytes memory encoded) internal view returns (bytes memory) {
        return _sign(key_, _digest(address(accountant), keccak256(encoded)));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {
    AlreadyInitialized,
    OnlyOperator,
    OnlyRegistry,
    OnlySelf,
    OwnershipNotRenounceable,
    TokenNotPlain
} from "../../src/Errors.sol";
import {ICollections} from "../../src/interfaces/accountant/ICollections.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../../src/interfaces/IRegistry.sol";
import {Requests} from "./Requests.sol";

/// @title Every external function of every contract once, in a state in which it works, and whom it refuses
abstract contract EveryCall is Requests {
    uint256 internal constant OWNER = 0;
    uint256 internal constant OPERATOR = 1;
    uint256 internal constant RELAYER = 2;
    uint256 internal constant PROVIDER = 3;
    uint256 internal constant CONSUMER = 4;
    uint256 internal constant STRANGER = 5;
    uint256 internal constant REGISTRY = 6;
    uint256 internal constant ITSELF = 7;
    uint256 internal constant ROLES = 8;

    bytes4 internal constant NOT_OWNER = Ownable.OwnableUnauthorizedAccount.selector;

    /// @dev One function: whom it refuses with which error, 0 for whom it serves.
    struct Row {
        address target;
        bytes data;
        bytes4[ROLES] refusals;
        bool readsOnly;
    }

    /// @dev Who gets what leaves the consumer channel by an exit.
    address internal constant EXIT = address(0xE817);

    Row[] internal _rows;
    /// @dev How many rows call a function.
    mapping(address target => mapping(bytes4 selector => uint256)) internal _rowsOf;
    ConsumerChannel internal channel;
    DevelopmentToken internal foreign;

    function setUp() public virtual override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, 1000);
        foreign = new DevelopmentToken();
        _addFree(10_000);
        _lend(provider, 100);
        vm.prank(operator);
        accountant.lockFunds(provider, 100);
        vm.prank(operator);
        accountant.requestRelease(provider, 50);
        vm.prank(owner);
        accountant.requestWithdrawal(10);
        _requestExit(channel, EXIT);
        _announce();
        vm.warp(block.timestamp + NOTICE);
        address[3] memory targets = [address(registry), address(accountant), address(channel)];
        for (uint256 i = 0; i < targets.length; ++i) {
            foreign.mint(targets[i], 1);
            vm.deal(targets[i], 1);
        }
        for (uint256 role = 0; role < ROLES; ++role) {
            address who = _who(role, address(accountant));
            token.mint(who, STAKE);
            vm.prank(who);
            token.approve(address(registry), STAKE);
            vm.prank(who);
            token.approve(address(accountant), STAKE);
        }
        _accountantForAnyone();
        _accountantForOwner();
        _accountantForOperator();
        _accountantForContracts();
        _accountantReads();
        _consumerChannel();
        _registry();
    }

    /// @dev What would exclude other rows if it were always so.
    function _prepare(bytes4 selector) internal {
        address owner_ = accountant.owner();
        if (selector == accountant.returnStake.selector) {
            vm.prank(owner_);
            accountant.close();
            vm.warp(block.timestamp + NOTICE);
        }
        if (selector == accountant.acceptOwnership.selector) {
            vm.prank(owner_);
            accountant.transferOwnership(stranger);
        }
    }

    /// @dev Before the notice of everything announced begins.
    function _announce() internal virtual {}

    function _who(uint256 role, address target) internal view returns (address) {
        return
            [
                accountant.owner(), operator, transactionMaker, provider, consumer, stranger, address(registry), target
            ][role];
    }

    // The table

    function _accountantForAnyone() private {
        address a = address(accountant);
        bytes memory signature = _providerPromise(provider, 200);
        ISettlements.Settlement[] memory settlements = new ISettlements.Settlement[](1);
        settlements[0] = _settlement(provider, 200);
        ICollections.Collection[] memory promises = new ICollections.Collection[](1);
        promises[0] = _collection(CONSUMER_KEY, 100);
        bytes32 beneficiary = _setBeneficiaryDigest(a, provider, BENEFICIARY, 0, block.timestamp);
        bytes memory redirection = _sign(PROVIDER_KEY, beneficiary);

        _anyone(a, abi.encodeCall(accountant.settlePromise, (provider, 200, LOCK, signature)));
        _anyone(a, abi.encodeCall(accountant.settlePromiseWithFee, (provider, 200, LOCK, signature, _fee(10, 0))));
        _anyone(a, abi.encodeCall(accountant.settlePromises, (settlements)));
        _anyone(a, abi.encodeCall(accountant.collect, (promises)));
        _anyone(a, abi.encodeCall(accountant.recover, (promises, settlements[0], _loanReturn(100))));
        _anyone(a, abi.encodeCall(accountant.returnLoan, (provider, _loanReturn(100))));
        _anyone(a, abi.encodeCall(accountant.rebalanceChannel, (provider)));
        _anyone(a, abi.encodeCall(accountant.rebalanceChannels, (new address[](2))));
        _anyone(a, abi.encodeCall(accountant.setBeneficiary, (provider, BENEFICIARY, 0, block.timestamp, redirection)));
        _anyone(a, abi.encodeCall(accountant.rescueTokens, (address(foreign))));
        _anyone(a, abi.encodeCall(accountant.rescueEther, ()));
        // It would have to pay itself: nothing comes in.
        _anyone(a, abi.encodeCall(accountant.increaseLoan, (provider, 5)));
        _last().refusals[ITSELF] = TokenNotPlain.selector;
    }

    function _accountantForOwner() private {
        address a = address(accountant);
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.addOperator, (stranger)));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.revokeOperator, (operator)));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.setFee, (50)));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.requestWithdrawal, (10)));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.withdraw, ()));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.pauseNewLoans, (true)));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.close, ()));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.returnStake, ()));
        _only(a, OWNER, NOT_OWNER, abi.encodeCall(accountant.transferOwnership, (stranger)));
        // The one who was named.
        _only(a, STRANGER, NOT_OWNER, abi.encodeCall(accountant.acceptOwnership, ()));
        bytes4 refusal = OwnershipNotRenounceable.selector;
        _only(a, OWNER, refusal, abi.encodeCall(accountant.renounceOwnership, ()));
        _last().refusals[OWNER] = refusal;
        _last().readsOnly = true;
    }

    function _accountantForOperator() private {
        address a = address(accountant);
        bytes4 refusal = OnlyOperator.selector;
        _only(a, OPERATOR, refusal, abi.encodeCall(accountant.lockFunds, (provider, 10)));
        _only(a, OPERATOR, refusal, abi.encodeCall(accountant.requestRelease, (provider, 10)));
        _only(a, OPERATOR, refusal, abi.encodeCall(accountant.finalizeRelease, (provider)));
        bytes memory row = abi.encodePacked(provider, uint128(200));
        _only(a, OPERATOR, refusal, abi.encodeCall(accountant.payProviders, (row)));
    }

    function _accountantForContracts() private {
        address a = address(accountant);
        bytes4 refusal = OnlyRegistry.selector;
        _only(a, REGISTRY, refusal, abi.encodeCall(accountant.openChannel, (consumer, BENEFICIARY, 0)));
        _only(a, REGISTRY, refusal, abi.encodeCall(accountant.initialize, (stranger, stranger, 1, 1)));
        _last().refusals[REGISTRY] = AlreadyInitialized.selector;
        _only(a, ITSELF, OnlySelf.selector, abi.encodeCall(accountant.settleRow, (_settlement(provider, 200))));
    }

    function _accountantReads() private {
        address a = address(accountant);
        _reads(a, abi.encodeCall(accountant.announcedFee, ()));
        _reads(a, abi.encodeCall(accountant.channel, (provider)));
        _reads(a, abi.encodeCall(accountant.channelId, (provider)));
        _reads(a, abi.encodeCall(accountant.closingSince, ()));
        _reads(a, abi.encodeCall(accountant.feeBasisPoints, ()));
        _reads(a, abi.encodeCall(accountant.isOperator, (operator)));
        _reads(a, abi.encodeCall(accountant.lockedFunds, ()));
        _reads(a, abi.encodeCall(accountant.newLoansPaused, ()));
        _reads(a, abi.encodeCall(accountant.operatorValidity, (operator)));
        _reads(a, abi.encodeCall(accountant.owner, ()));
        _reads(a, abi.encodeCall(accountant.pendingOwner, ()));
        _reads(a, abi.encodeCall(accountant.registry, ()));
        _reads(a, abi.encodeCall(accountant.releaseRequest, (provider)));
        _reads(a, abi.encodeCall(accountant.reservedFunds, ()));
        _reads(a, abi.encodeCall(accountant.stake, ()));
        _reads(a, abi.encodeCall(accountant.token, ()));
        _reads(a, abi.encodeCall(accountant.withdrawable, ()));
        _reads(a, abi.encodeCall(accountant.withdrawalRequest, ()));
    }

    function _consumerChannel() private {
        address c = address(channel);
        bytes memory signature = _consumerPromise(CONSUMER_KEY, c, 100);
        _anyone(c, abi.encodeCall(channel.settlePromise, (100, AGREEMENT_HASH, LOCK, signature)));
        bytes32 digest = _requestExitDigest(address(accountant), c, EXIT, 1, block.timestamp);
        signature = _sign(CONSUMER_KEY, digest);
        _anyone(c, abi.encodeCall(channel.requestExit, (EXIT, 1, block.timestamp, signature)));
        _anyone(c, abi.encodeCall(channel.finalizeExit, ()));
        digest = _consentExitDigest(address(accountant), c, EXIT, 100, 1, block.timestamp);
        signature = _sign(CONSUMER_KEY, digest);
        bytes memory operators = _sign(OPERATOR_KEY, digest);
        _anyone(c, abi.encodeCall(channel.consentExit, (EXIT, 100, 1, block.timestamp, signature, operators)));
        _anyone(c, abi.encodeCall(channel.rescueTokens, (address(foreign))));
        _anyone(c, abi.encodeCall(channel.rescueEther, ()));
        bytes memory payment = abi.encodeCall(channel.payRegistration, (stranger, 1, 1, stranger, 1));
        _only(c, REGISTRY, OnlyRegistry.selector, payment);
        _reads(c, abi.encodeCall(channel.accountant, ()));
        _reads(c, abi.encodeCall(channel.exitRequest, ()));
        _reads(c, abi.encodeCall(channel.identity, ()));
        _reads(c, abi.encodeCall(channel.nonce, ()));
        _reads(c, abi.encodeCall(channel.registry, ()));
        _reads(c, abi.encodeCall(channel.settled, ()));
        _reads(c, abi.encodeCall(channel.token, ()));
    }

    function _registry() private {
        address r = address(registry);
        IRegistry.RegisterIdentity memory message = _registration(vm.addr(STRANGER_KEY), 0);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(STRANGER_KEY, message);
        _anyone(r, abi.encodeCall(registry.registerIdentity, (message, signature)));
        _anyone(r, abi.encodeCall(registry.registerAccountant, (stranger, STAKE, 1)));
        _anyone(r, abi.encodeCall(registry.rescueTokens, (address(foreign))));
        _anyone(r, abi.encodeCall(registry.rescueEther, ()));
        _reads(r, abi.encodeCall(registry.accountantAddress, (owner, operator, 0)));
        _reads(r, abi.encodeCall(registry.accountantCount, (owner)));
        _reads(r, abi.encodeCall(registry.accountantImplementation, ()));
        _reads(r, abi.encodeCall(registry.channelAddress, (consumer, address(accountant))));
        _reads(r, abi.encodeCall(registry.consumerChannelImplementation, ()));
        _reads(r, abi.encodeCall(registry.isAccountant, (address(accountant))));
        _reads(r, abi.encodeCall(registry.isRegistered, (consumer, address(accountant))));
        _reads(r, abi.encodeCall(registry.minimumStake, ()));
        _reads(r, abi.encodeCall(registry.registrationFee, ()));
        _reads(r, abi.encodeCall(registry.token, ()));
        _reads(r, abi.encodeCall(registry.treasury, ()));
    }

    function _anyone(address target, bytes memory data) private {
        bytes4[ROLES] memory none;
        _rows.push(Row(target, data, none, false));
        ++_rowsOf[target][_selector(data)];
    }

    function _reads(address target, bytes memory data) private {
        _anyone(target, data);
        _last().readsOnly = true;
    }

    function _only(address target, uint256 served, bytes4 refusal, bytes memory data) private {
        _anyone(target, data);
        for (uint256 role = 0; role < ROLES; ++role) {
            if (role != served) _last().refusals[role] = refusal;
        }
    }

    function _last() private view returns (Row storage) {
        return _rows[_rows.length - 1];
    }
}

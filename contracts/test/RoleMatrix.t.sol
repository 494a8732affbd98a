// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {
    AlreadyInitialized,
    OnlyOperator,
    OnlyRegistry,
    OnlySelf,
    OwnershipNotRenounceable,
    TokenNotPlain
} from "../src/Errors.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Abi} from "./base/Abi.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Who may call what: every external function of every contract by everybody, in a state in which it would work. A function that is
/// not in the table fails the test.
contract RoleMatrixTest is Requests, Abi {
    uint256 private constant OWNER = 0;
    uint256 private constant OPERATOR = 1;
    uint256 private constant RELAYER = 2;
    uint256 private constant PROVIDER = 3;
    uint256 private constant CONSUMER = 4;
    uint256 private constant STRANGER = 5;
    uint256 private constant REGISTRY = 6;
    uint256 private constant ITSELF = 7;
    uint256 private constant ROLES = 8;

    bytes4 private constant NOT_OWNER = Ownable.OwnableUnauthorizedAccount.selector;

    /// @dev One function: whom it refuses with which error, 0 for whom it serves.
    struct Row {
        address target;
        bytes data;
        bytes4[ROLES] refusals;
    }

    Row[] private _rows;
    mapping(address target => mapping(bytes4 selector => uint256)) private _rowsOf;
    ConsumerChannel private channel;
    DevelopmentToken private foreign;

    function setUp() public override {
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
        _requestExit(channel, BENEFICIARY);
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

    function test_EverybodyIsServedOrRefusedAsTheTableSays() public {
        uint256 before = vm.snapshotState();
        for (uint256 i = 0; i < _rows.length; ++i) {
            for (uint256 role = 0; role < ROLES; ++role) {
                _check(i, role);
                vm.revertToState(before);
            }
        }
    }

    function test_TheTableKnowsEveryFunction() public {
        uint256 count = _checkComplete("Accountant", address(accountant));
        count += _checkComplete("ConsumerChannel", address(channel));
        count += _checkComplete("Registry", address(registry));
        vm.assertEq(_rows.length, count, "rows for nothing");
    }

    /// @dev What writes anything at a proxy does nothing at the implementation behind it, whoever calls.
    function test_TheBareImplementationsAreInert() public {
        _checkInert("Accountant", address(accountant), registry.accountantImplementation());
        _checkInert("ConsumerChannel", address(channel), registry.consumerChannelImplementation());
    }

    function _check(uint256 i, uint256 role) private {
        Row memory row = _rows[i];
        bytes4 selector = _selector(row.data);
        _prepare(selector);
        vm.prank(_who(role, row.target));
        (bool served, bytes memory answer) = row.target.call(row.data);
        bytes4 refusal = row.refusals[role];
        string memory what = string.concat("row ", vm.toString(i), ", role ", vm.toString(role));
        vm.assertEq(served ? bytes4(0) : _selector(answer), refusal, what);
    }

    /// @dev What would exclude other rows if it were always so.
    function _prepare(bytes4 selector) private {
        if (selector == accountant.returnStake.selector) {
            vm.prank(owner);
            accountant.close();
            vm.warp(block.timestamp + NOTICE);
        }
        if (selector == accountant.acceptOwnership.selector) {
            vm.prank(owner);
            accountant.transferOwnership(stranger);
        }
    }

    function _checkComplete(string memory name, address target) private returns (uint256) {
        AbiFunction[] memory functions = _abi(name);
        for (uint256 i = 0; i < functions.length; ++i) {
            string memory what = string.concat("rows of ", name, ".", functions[i].signature);
            vm.assertEq(_rowsOf[target][functions[i].selector], 1, what);
        }
        return functions.length;
    }

    function _checkInert(string memory name, address proxy, address implementation) private {
        AbiFunction[] memory functions = _abi(name);
        for (uint256 i = 0; i < functions.length; ++i) {
            if (functions[i].readsOnly) continue;
            bytes memory data = _dataOf(proxy, functions[i].selector);
            // The registry owns the bare accountant; it has no code that would call this.
            uint256 last = functions[i].selector == accountant.transferOwnership.selector ? STRANGER : REGISTRY;
            for (uint256 role = 0; role <= last; ++role) {
                vm.prank(_who(role, implementation));
                (bool served,) = implementation.call(data);
                vm.assertFalse(served, string.concat(name, ".", functions[i].signature));
            }
        }
    }

    function _dataOf(address target, bytes4 selector) private view returns (bytes memory) {
        for (uint256 i = 0; i < _rows.length; ++i) {
            if (_rows[i].target == target && _selector(_rows[i].data) == selector) return _rows[i].data;
        }
        revert("no such row");
    }

    function _who(uint256 role, address target) private view returns (address) {
        return [owner, operator, transactionMaker, provider, consumer, stranger, address(registry), target][role];
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
        _anyone(a, abi.encodeCall(accountant.announcedFee, ()));
        _anyone(a, abi.encodeCall(accountant.channel, (provider)));
        _anyone(a, abi.encodeCall(accountant.channelId, (provider)));
        _anyone(a, abi.encodeCall(accountant.closingSince, ()));
        _anyone(a, abi.encodeCall(accountant.feeBasisPoints, ()));
        _anyone(a, abi.encodeCall(accountant.isOperator, (operator)));
        _anyone(a, abi.encodeCall(accountant.lockedFunds, ()));
        _anyone(a, abi.encodeCall(accountant.newLoansPaused, ()));
        _anyone(a, abi.encodeCall(accountant.operatorValidity, (operator)));
        _anyone(a, abi.encodeCall(accountant.owner, ()));
        _anyone(a, abi.encodeCall(accountant.pendingOwner, ()));
        _anyone(a, abi.encodeCall(accountant.registry, ()));
        _anyone(a, abi.encodeCall(accountant.releaseRequest, (provider)));
        _anyone(a, abi.encodeCall(accountant.reservedFunds, ()));
        _anyone(a, abi.encodeCall(accountant.stake, ()));
        _anyone(a, abi.encodeCall(accountant.token, ()));
        _anyone(a, abi.encodeCall(accountant.withdrawable, ()));
        _anyone(a, abi.encodeCall(accountant.withdrawalRequest, ()));
    }

    function _consumerChannel() private {
        address c = address(channel);
        bytes memory signature = _consumerPromise(CONSUMER_KEY, c, 100);
        _anyone(c, abi.encodeCall(channel.settlePromise, (100, AGREEMENT_HASH, LOCK, signature)));
        bytes32 digest = _requestExitDigest(address(accountant), c, BENEFICIARY, 1, block.timestamp);
        signature = _sign(CONSUMER_KEY, digest);
        _anyone(c, abi.encodeCall(channel.requestExit, (BENEFICIARY, 1, block.timestamp, signature)));
        _anyone(c, abi.encodeCall(channel.finalizeExit, ()));
        digest = _consentExitDigest(address(accountant), c, BENEFICIARY, 100, 1, block.timestamp);
        signature = _sign(CONSUMER_KEY, digest);
        bytes memory operators = _sign(OPERATOR_KEY, digest);
        _anyone(c, abi.encodeCall(channel.consentExit, (BENEFICIARY, 100, 1, block.timestamp, signature, operators)));
        _anyone(c, abi.encodeCall(channel.rescueTokens, (address(foreign))));
        _anyone(c, abi.encodeCall(channel.rescueEther, ()));
        bytes memory payment = abi.encodeCall(channel.payRegistration, (stranger, 1, 1, stranger, 1));
        _only(c, REGISTRY, OnlyRegistry.selector, payment);
        _anyone(c, abi.encodeCall(channel.accountant, ()));
        _anyone(c, abi.encodeCall(channel.exitRequest, ()));
        _anyone(c, abi.encodeCall(channel.identity, ()));
        _anyone(c, abi.encodeCall(channel.nonce, ()));
        _anyone(c, abi.encodeCall(channel.registry, ()));
        _anyone(c, abi.encodeCall(channel.settled, ()));
        _anyone(c, abi.encodeCall(channel.token, ()));
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
        _anyone(r, abi.encodeCall(registry.accountantAddress, (owner, operator, 0)));
        _anyone(r, abi.encodeCall(registry.accountantCount, (owner)));
        _anyone(r, abi.encodeCall(registry.accountantImplementation, ()));
        _anyone(r, abi.encodeCall(registry.channelAddress, (consumer, address(accountant))));
        _anyone(r, abi.encodeCall(registry.consumerChannelImplementation, ()));
        _anyone(r, abi.encodeCall(registry.isAccountant, (address(accountant))));
        _anyone(r, abi.encodeCall(registry.isRegistered, (consumer, address(accountant))));
        _anyone(r, abi.encodeCall(registry.minimumStake, ()));
        _anyone(r, abi.encodeCall(registry.registrationFee, ()));
        _anyone(r, abi.encodeCall(registry.token, ()));
        _anyone(r, abi.encodeCall(registry.treasury, ()));
    }

    function _anyone(address target, bytes memory data) private {
        bytes4[ROLES] memory none;
        _rows.push(Row(target, data, none));
        ++_rowsOf[target][_selector(data)];
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

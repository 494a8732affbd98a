// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {AlreadyRegistered, AlreadyReturned, AlreadySettled, InvalidSigner, WrongNonce} from "../src/Errors.sol";
import {Registry} from "../src/Registry.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Every message that a contract verifies, sent where it was not signed for - another chain, another accountant, another channel -
/// then where it was, and then once more.
contract ReplayTest is Requests {
    uint256 private constant OTHER_KEY = 0xA1;

    ConsumerChannel private channel;
    /// @dev The same consumer at the other accountant.
    ConsumerChannel private elsewhere;
    /// @dev Another consumer at the same accountant.
    ConsumerChannel private others;
    /// @dev The same operator, and the same provider has lent to it.
    Accountant private second;

    function setUp() public override {
        super.setUp();
        Accountant first = accountant;
        accountant = second = _registerAccountant(operator, STAKE);
        elsewhere = _openConsumerChannel(CONSUMER_KEY, 100);
        _addFree(1000);
        _lend(provider, 100);
        accountant = first;
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
        others = _openConsumerChannel(STRANGER_KEY, 100);
        _addFree(1000);
        _lend(provider, 100);
        _lend(vm.addr(OTHER_KEY), 100);
    }

    function test_ConsumerPromise() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        bytes memory data = abi.encodeCall(channel.settlePromise, (60, AGREEMENT_HASH, LOCK, signature));
        _holdsOnce(address(channel), data, AlreadySettled.selector, address(elsewhere), address(others));
    }

    function test_ProviderPromise() public {
        bytes memory signature = _providerPromise(provider, 60);
        bytes memory data = abi.encodeCall(accountant.settlePromise, (provider, 60, LOCK, signature));
        _refuses(
            address(accountant), abi.encodeCall(accountant.settlePromise, (vm.addr(OTHER_KEY), 60, LOCK, signature))
        );
        _holdsOnce(address(accountant), data, AlreadySettled.selector, address(second), address(second));
    }

    /// @dev The promise beside it is good everywhere; only the fee is of another place.
    function test_SettlementFee() public {
        Accountant first = accountant;
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        accountant = second;
        bytes memory signature = _providerPromise(provider, 60);
        _refuses(address(second), abi.encodeCall(second.settlePromiseWithFee, (provider, 60, LOCK, signature, fee)));
        accountant = first;
        address other = vm.addr(OTHER_KEY);
        signature = _providerPromise(other, 60);
        _refuses(address(first), abi.encodeCall(first.settlePromiseWithFee, (other, 60, LOCK, signature, fee)));

        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        signature = _providerPromise(provider, 60);
        _refuses(address(first), abi.encodeCall(first.settlePromiseWithFee, (provider, 60, LOCK, signature, fee)));
        vm.chainId(chain);
        _settleWithFee(60, fee);
        vm.assertEq(token.balanceOf(transactionMaker), 10, "paid");
        _settleWithFee(90, fee);
        vm.assertEq(token.balanceOf(transactionMaker), 10, "once");
    }

    function test_RegisterIdentity() public {
        address identity = vm.addr(PROVIDER_KEY);
        IRegistry.RegisterIdentity memory message = _registration(identity, 0);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(PROVIDER_KEY, message);
        bytes memory data = abi.encodeCall(registry.registerIdentity, (message, signature));
        // The second registry knows an accountant of its own only: the message names it, and the signature does not fit.
        Registry twin = new Registry(address(token), MINIMUM_STAKE, REGISTRATION_FEE, treasury);
        Registry first = registry;
        registry = twin;
        message.accountant = address(_registerAccountant(operator, STAKE));
        _fundPredicted(message, 0);
        _refuses(address(twin), abi.encodeCall(twin.registerIdentity, (message, signature)));
        registry = first;
        message.accountant = address(second);
        _fundPredicted(message, 0);
        _refuses(address(first), abi.encodeCall(first.registerIdentity, (message, signature)));
        message.accountant = address(accountant);
        message.identity = vm.addr(OTHER_KEY);
        _fundPredicted(message, 0);
        _refuses(address(first), abi.encodeCall(first.registerIdentity, (message, signature)));
        _holdsOnce(address(first), data, AlreadyRegistered.selector, address(0), address(0));
    }

    function test_ReturnLoan() public {
        bytes memory data = abi.encodeCall(accountant.returnLoan, (provider, _loanReturn(60)));
        _refuses(address(accountant), abi.encodeCall(accountant.returnLoan, (vm.addr(OTHER_KEY), _loanReturn(60))));
        _holdsOnce(address(accountant), data, AlreadyReturned.selector, address(second), address(second));
    }

    function test_SetBeneficiary() public {
        bytes32 digest = _setBeneficiaryDigest(address(accountant), provider, BENEFICIARY, 0, block.timestamp);
        bytes memory signature = _sign(PROVIDER_KEY, digest);
        address other = vm.addr(OTHER_KEY);
        _refuses(
            address(accountant),
            abi.encodeCall(accountant.setBeneficiary, (other, BENEFICIARY, 0, block.timestamp, signature))
        );
        bytes memory data =
            abi.encodeCall(accountant.setBeneficiary, (provider, BENEFICIARY, 0, block.timestamp, signature));
        _holdsOnce(address(accountant), data, WrongNonce.selector, address(second), address(second));
    }

    function test_RequestExit() public {
        bytes32 digest = _requestExitDigest(address(accountant), address(channel), BENEFICIARY, 0, block.timestamp);
        bytes memory signature = _sign(CONSUMER_KEY, digest);
        bytes memory data = abi.encodeCall(channel.requestExit, (BENEFICIARY, 0, block.timestamp, signature));
        _holdsOnce(address(channel), data, WrongNonce.selector, address(elsewhere), address(others));
    }

    /// @dev The consent is replayed with both signatures of another place.
    function test_ConsentExit() public {
        bytes32 digest = _consentExitDigest(address(accountant), address(channel), BENEFICIARY, 40, 0, block.timestamp);
        bytes memory data = abi.encodeCall(
            channel.consentExit,
            (BENEFICIARY, 40, 0, block.timestamp, _sign(CONSUMER_KEY, digest), _sign(OPERATOR_KEY, digest))
        );
        _holdsOnce(address(channel), data, WrongNonce.selector, address(elsewhere), address(others));
    }

    /// @dev No message is another one: the same fields under another type sign nothing.
    function test_AnExitRequestIsNoBeneficiaryAndAPromiseNoReturn() public {
        bytes32 digest = _setBeneficiaryDigest(address(accountant), consumer, BENEFICIARY, 0, block.timestamp);
        bytes memory data =
            abi.encodeCall(channel.requestExit, (BENEFICIARY, 0, block.timestamp, _sign(CONSUMER_KEY, digest)));
        _refuses(address(channel), data);
        digest = _requestExitDigest(address(accountant), address(channel), BENEFICIARY, 0, block.timestamp);
        data = abi.encodeCall(
            accountant.setBeneficiary, (consumer, BENEFICIARY, 0, block.timestamp, _sign(CONSUMER_KEY, digest))
        );
        _refuses(address(accountant), data);
    }

    function _holdsOnce(address target, bytes memory data, bytes4 again, address elsewhere_, address others_) private {
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        _refuses(target, data);
        vm.chainId(chain);
        if (elsewhere_ != address(0)) _refuses(elsewhere_, data);
        if (others_ != address(0)) _refuses(others_, data);

        (bool served,) = target.call(data);
        vm.assertTrue(served, "where it was signed for");
        bytes memory answer;
        (served, answer) = target.call(data);
        vm.assertFalse(served, "once more");
        vm.assertEq(_selector(answer), again, "once more");
    }

    function _refuses(address target, bytes memory data) private {
        (bool served, bytes memory answer) = target.call(data);
        vm.assertFalse(served, "where it was not signed for");
        vm.assertEq(_selector(answer), InvalidSigner.selector, "where it was not signed for");
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {Registry} from "../src/Registry.sol";
import {Network} from "./base/Network.sol";

/// @dev A registry's token must not call anybody; one that does must not find the books half written.
contract ReentrantToken is DevelopmentToken {
    address private target;
    bytes private data;
    bytes public refusal;

    function arm(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (target != address(0)) {
            address armed = target;
            target = address(0);
            (bool success, bytes memory answer) = armed.call(data);
            refusal = success ? bytes("went through") : answer;
        }
        super._update(from, to, value);
    }
}

contract ReentrancyTest is Network {
    ReentrantToken private hostile;

    function setUp() public override {
        super.setUp();
        hostile = new ReentrantToken();
        token = hostile;
        registry = new Registry(address(token), MINIMUM_STAKE, REGISTRATION_FEE, treasury);
        accountant = _registerAccountant(operator, STAKE);
        _addFree(1000);
    }

    /// @dev While a payment leaves, its tokens are still here: nobody may count them a second time.
    function test_NothingHappensWhileAPaymentLeaves() public {
        bytes memory signature = _providerPromise(stranger, 1000);
        bytes[5] memory calls = [
            abi.encodeCall(accountant.settlePromise, (stranger, 1000, LOCK, signature)),
            abi.encodeCall(accountant.rebalanceChannel, (provider)),
            abi.encodeCall(accountant.rebalanceChannels, (new address[](0))),
            abi.encodeWithSelector(accountant.collect.selector, uint256(32), uint256(0)),
            abi.encodeWithSelector(accountant.settlePromises.selector, uint256(32), uint256(0))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            hostile.arm(address(accountant), calls[i]);
            _settle(provider, 100 * (i + 1));
            vm.assertEq(
                hostile.refusal(),
                abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
                "refused"
            );
        }
        vm.assertEq(token.balanceOf(stranger), 0, "nothing twice");
    }
}

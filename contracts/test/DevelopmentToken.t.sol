// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {Test} from "./base/Test.sol";

contract DevelopmentTokenTest is Test {
    function test_AnyoneMints() public {
        DevelopmentToken token = new DevelopmentToken();
        vm.prank(address(0xA));
        token.mint(address(0xB), 5);
        vm.assertEq(token.balanceOf(address(0xB)), 5, "minted");
        vm.assertEq(token.totalSupply(), 5, "supply");
    }
}

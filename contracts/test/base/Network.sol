// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {Registry} from "../../src/Registry.sol";
import {Accountant} from "../../src/accountant/Accountant.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../../src/interfaces/IRegistry.sol";
import {Signing} from "./Signing.sol";

/// @title A small network: one token, one registry, one accountant, and people with keys
abstract contract Network is Signing {
    uint256 internal constant MINIMUM_STAKE = 1000;
    uint256 internal constant STAKE = 5000;
    uint256 internal constant REGISTRATION_FEE = 7;
    uint256 internal constant MAX_AMOUNT = type(uint128).max;
    uint256 internal constant CONSUMER_KEY = 0xC0;
    uint256 internal constant PROVIDER_KEY = 0xA0;
    uint256 internal constant OPERATOR_KEY = 0x09;
    uint256 internal constant STRANGER_KEY = 0x57;
    bytes32 internal constant LOCK = keccak256("R");
    bytes32 internal constant AGREEMENT_HASH = keccak256("agreement");

    address internal immutable consumer = vm.addr(CONSUMER_KEY);
    address internal immutable provider = vm.addr(PROVIDER_KEY);
    address internal immutable operator = vm.addr(OPERATOR_KEY);
    address internal immutable owner = address(0x0117);
    address internal immutable treasury = address(0x7EA5);
    address internal immutable transactionMaker = address(0x73A4);
    address internal immutable stranger = address(0x574A);

    DevelopmentToken internal token;
    Registry internal registry;
    Accountant internal accountant;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        token = _newToken();
        registry = new Registry(address(token), MINIMUM_STAKE, REGISTRATION_FEE, treasury);
        accountant = _registerAccountant(operator, STAKE);
    }

    function _newToken() internal virtual returns (DevelopmentToken) {
        return new DevelopmentToken();
    }

    function _registerAccountant(address operator_, uint256 stake) internal returns (Accountant) {
        token.mint(owner, stake);
        vm.prank(owner);
        token.approve(address(registry), stake);
        vm.prank(owner);
        return Accountant(registry.registerAccountant(operator_, stake, 100));
    }

    // Registration

    function _registration(address identity, uint256 loan) internal view returns (IRegistry.RegisterIdentity memory) {
        return IRegistry.RegisterIdentity({
            identity: identity,
            accountant: address(accountant),
            loan: loan,
            beneficiary: address(0),
            fee: 0,
            transactionMaker: address(0),
            deadline: block.timestamp
        });
    }

    function _signed(uint256 key, IRegistry.RegisterIdentity memory message) internal view returns (bytes memory) {
        return _sign(key, _registerIdentityDigest(address(registry), message));
    }

    function _fundPredicted(IRegistry.RegisterIdentity memory message, uint256 rest) internal {
        uint256 needed = REGISTRATION_FEE + message.loan + message.fee;
        token.mint(registry.channelAddress(message.identity, message.accountant), needed + rest);
    }

    /// @dev A registered consumer channel with `deposit` tokens in it.
    function _openConsumerChannel(uint256 key, uint256 deposit) internal returns (ConsumerChannel) {
        IRegistry.RegisterIdentity memory message = _registration(vm.addr(key), 0);
        _fundPredicted(message, deposit);
        return ConsumerChannel(registry.registerIdentity(message, _signed(key, message)));
    }

    // Promises

    function _consumerPromise(uint256 key, address channel, uint256 amount) internal view returns (bytes memory) {
        return _sign(key, _consumerPromiseDigest(address(accountant), channel, amount, AGREEMENT_HASH, LOCK));
    }

    function _providerPromise(address to, uint256 amount) internal view returns (bytes memory) {
        return _sign(OPERATOR_KEY, _providerPromiseDigest(address(accountant), to, amount, LOCK));
    }

    function _settle(address to, uint256 amount) internal returns (uint256 paid) {
        return accountant.settlePromise(to, amount, LOCK, _providerPromise(to, amount));
    }

    function _fee(uint256 totalFee, uint256 minSettled) internal view returns (ISettlements.SettlementFee memory fee) {
        fee = ISettlements.SettlementFee(totalFee, transactionMaker, minSettled, block.timestamp, "");
        fee.signature = _sign(PROVIDER_KEY, _settlementFeeDigest(address(accountant), provider, fee));
    }

    function _settleWithFee(uint256 amount, ISettlements.SettlementFee memory fee) internal returns (uint256 paid) {
        return accountant.settlePromiseWithFee(provider, amount, LOCK, _providerPromise(provider, amount), fee);
    }

    /// @dev Tokens that are nobody's: they raise what the accountant can pay beyond balances.
    function _addFree(uint256 amount) internal {
        token.mint(address(accountant), amount);
    }

    function _lend(address to, uint256 amount) internal {
        token.mint(address(this), amount);
        token.approve(address(accountant), amount);
        accountant.increaseLoan(to, amount);
    }

    /// @dev A rival's settlements use up free tokens and stake until T - L is `left`.
    function _drainTo(uint256 left) internal {
        address rival = address(0x214A1);
        uint256 free = accountant.withdrawable();
        uint256 lent = token.balanceOf(address(accountant)) - accountant.lockedFunds() - free - left;
        if (lent != 0) _lend(rival, lent);
        if (lent + free != 0) _settle(rival, _settled(rival) + lent + free);
    }

    function _balance(address to) internal view returns (uint256) {
        return accountant.channel(to).balance;
    }

    function _settled(address to) internal view returns (uint256) {
        return accountant.channel(to).settled;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Requests} from "./base/Requests.sol";

/// @dev The accountant has vanished, and its owner, who has the operator key too, takes what he can, in any order and at any time. The
/// provider alone, with the evidence it keeps, gets in one transaction what section 6 of the protocol says - computed here out of tokens
/// and books by the protocol's words, not by the contracts' functions.
contract RecoveryRaceTest is Requests {
    uint256 private constant ACTIONS = 13;
    uint256 private constant ACCOMPLICE_KEY = 0xBAD;
    uint256 private constant NEW_OPERATOR_KEY = 0xBADD;
    uint256 private constant STEPS = 8;

    ConsumerChannel private first;
    ConsumerChannel private second;
    address private immutable accomplice = vm.addr(ACCOMPLICE_KEY);

    /// @dev How many of the owner's moves went through.
    uint256 private _moves;

    struct Evidence {
        ICollections.Collection[] promises;
        ISettlements.Settlement settlement;
        ILoans.LoanReturn loanReturn;
    }

    /// @dev What section 6 gives.
    struct Due {
        uint256 collected;
        uint256 paid;
        uint256 returned;
    }

    function setUp() public override {
        super.setUp();
        first = _openConsumerChannel(CONSUMER_KEY, 100_000);
        second = _openConsumerChannel(STRANGER_KEY, 50_000);
    }

    /// @dev Any amounts, any race.
    function testFuzz_TheProviderGetsWhatTheRuleSays(
        uint32 loan,
        uint32 free,
        uint32 settledBefore,
        uint32[2] memory consumers,
        uint32 promised,
        uint256 race
    ) public {
        _begin(loan, free, settledBefore);
        Evidence memory evidence = _evidence(
            [_bound(consumers[0], 1, 120_000), _bound(consumers[1], 1, 60_000)],
            _settled(provider) + _bound(promised, 1, 200_000),
            loan
        );
        for (uint256 i = 0; i < STEPS; ++i) {
            _act(race % ACTIONS, (race >> 8) % 3 days, evidence);
            race = uint256(keccak256(abi.encode(race)));
        }
        _recoverAndCheck(evidence);
    }

    /// @dev Whatever he does in its four days of notice: the consumers' money and its own balance are the provider's, all of them.
    function testFuzz_NothingWithinTheNoticeTakesWhatIsGuaranteed(uint32 loan, uint32 promised, uint256 race) public {
        uint256 lent = _bound(loan, 1, 50_000);
        _begin(lent, 0, 0);
        uint256 total = _bound(promised, 1, 100_000);
        Evidence memory evidence = _evidence([total, 1], total, lent);
        // Everything but to collect himself: that the money is gone into the pot then is what the provider watches for.
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 action = race % ACTIONS;
            if (action != 0 && action != 1) _act(action, (race >> 8) % 11 hours, evidence);
            race = uint256(keccak256(abi.encode(race)));
        }
        _recoverAndCheck(evidence);
        vm.assertEq(_settled(provider), total, "all that was promised");
        vm.assertGe(token.balanceOf(provider), total + _returned(), "and the loan");
        vm.assertEq(_returned(), lent, "all of the loan");
    }

    /// @dev The owner first, by all he has: collects, promises the rest to himself, closes and takes stake and all.
    function test_AfterTheOwnerTookEverythingTheBalanceIsLeft() public {
        _begin(400, 3000, 0);
        Evidence memory evidence = _evidence([uint256(5000), 1], 5000, 400);
        for (uint256 action = 0; action < ACTIONS; ++action) {
            _act(action, 0, evidence);
        }
        for (uint256 action = 0; action < ACTIONS; ++action) {
            _act(action, action == 0 ? NOTICE : 0, evidence);
        }
        vm.assertGe(_moves, 10, "moves that went through");
        _recoverAndCheck(evidence);
        vm.assertEq(token.balanceOf(provider), 400, "the balance");
    }

    function test_BeforeTheOwnerTakesAnythingEverythingIsThere() public {
        _begin(400, 0, 0);
        Evidence memory evidence = _evidence([uint256(5000), 2000], 7000, 400);
        _act(2, 0, evidence);
        _act(4, 0, evidence);
        _act(6, 0, evidence);
        _recoverAndCheck(evidence);
        vm.assertEq(token.balanceOf(provider), 7400, "promised and lent");
    }

    function _begin(uint256 loan, uint256 free, uint256 settledBefore) private {
        if (loan != 0) _lend(provider, loan);
        _lend(accomplice, 700);
        if (free != 0) _addFree(free);
        uint256 payable_ = accountant.withdrawable() + _balance(provider);
        if (settledBefore != 0 && payable_ != 0) _settle(provider, settledBefore);
    }

    /// @dev Deadlines are far: signed while everything was well.
    function _evidence(uint256[2] memory consumers, uint256 promised, uint256 loan)
        private
        view
        returns (Evidence memory evidence)
    {
        evidence.promises = new ICollections.Collection[](2);
        evidence.promises[0] = _collection(CONSUMER_KEY, consumers[0]);
        evidence.promises[1] = _collection(STRANGER_KEY, consumers[1]);
        evidence.settlement = _settlement(provider, promised);
        uint256 deadline = block.timestamp + 365 days;
        bytes32 digest = _returnLoanDigest(address(accountant), provider, loan, deadline);
        evidence.loanReturn = ILoans.LoanReturn(loan, deadline, _sign(PROVIDER_KEY, digest));
    }

    /// @dev One move of the owner's, some time after the last; many are refused, which is his problem.
    function _act(uint256 action, uint256 later, Evidence memory evidence) private {
        vm.warp(block.timestamp + later);
        if (action == 0) accountant.collect(evidence.promises);
        if (action == 1) _settleFirst(evidence.promises[0]);
        if (action == 2) _asOwner(abi.encodeCall(accountant.requestWithdrawal, (MAX_AMOUNT)));
        if (action == 3) _asOwner(abi.encodeCall(accountant.withdraw, ()));
        if (action == 4) _asOwner(abi.encodeCall(accountant.close, ()));
        if (action == 5) _asOwner(abi.encodeCall(accountant.returnStake, ()));
        if (action == 6) _asOwner(abi.encodeCall(accountant.addOperator, (vm.addr(NEW_OPERATOR_KEY))));
        if (action == 7) _promiseEverything(OPERATOR_KEY);
        if (action == 8) _promiseEverything(NEW_OPERATOR_KEY);
        if (action == 9) _asOperator(abi.encodeCall(accountant.lockFunds, (accomplice, accountant.withdrawable())));
        if (action == 10) _asOperator(abi.encodePacked(accountant.payProviders.selector, _packed()));
        if (action == 11) _asOwner(abi.encodeCall(accountant.revokeOperator, (vm.addr(NEW_OPERATOR_KEY))));
        if (action == 12) _asOwner(abi.encodeCall(accountant.pauseNewLoans, (true)));
    }

    function _promiseEverything(uint256 key) private {
        uint256 amount = _settled(accomplice) + token.balanceOf(address(accountant));
        bytes32 digest = _providerPromiseDigest(address(accountant), accomplice, amount, LOCK);
        bytes memory signature = _sign(key, digest);
        _try(address(accountant), abi.encodeCall(accountant.settlePromise, (accomplice, amount, LOCK, signature)));
    }

    function _packed() private view returns (bytes memory) {
        uint256 amount = _settled(accomplice) + token.balanceOf(address(accountant));
        // forge-lint: disable-next-line(unsafe-typecast)
        return abi.encode(abi.encodePacked(accomplice, uint128(amount)));
    }

    function _settleFirst(ICollections.Collection memory row) private {
        bytes memory data =
            abi.encodeCall(first.settlePromise, (row.amount, row.agreementHash, row.lock, row.signature));
        _try(address(first), data);
    }

    function _asOwner(bytes memory data) private {
        vm.prank(owner);
        _try(address(accountant), data);
    }

    function _asOperator(bytes memory data) private {
        vm.prank(operator);
        _try(address(accountant), data);
    }

    function _try(address target, bytes memory data) private {
        (bool served,) = target.call(data);
        if (served) ++_moves;
    }

    function _recoverAndCheck(Evidence memory evidence) private {
        Due memory due = _due(evidence);
        uint256 before = token.balanceOf(provider);
        vm.prank(transactionMaker);
        (uint256 paid, uint256 returned) =
            accountant.recover(evidence.promises, evidence.settlement, evidence.loanReturn);
        vm.assertEq(paid, due.paid, "min(unsettled, balance + max(withdrawable, collected))");
        vm.assertEq(returned, due.returned, "min(total - returned, loan, refilled balance)");
        vm.assertEq(token.balanceOf(provider), before + due.paid + due.returned, "received");
        vm.assertGe(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T >= L");
    }

    function _due(Evidence memory evidence) private view returns (Due memory due) {
        due.collected = _collectable(first, evidence.promises[0]) + _collectable(second, evidence.promises[1]);
        uint256 loan = accountant.channel(provider).loan;
        uint256 balance = _balance(provider);
        uint256 others = _balance(accomplice);
        uint256 held = token.balanceOf(address(accountant)) + due.collected;
        uint256 spokenFor = _max(loan, balance) + _max(accountant.channel(accomplice).loan, others) + accountant.stake();
        uint256 withdrawable = held > spokenFor ? held - spokenFor : 0;

        uint256 owed = _above(evidence.settlement.amount, _settled(provider));
        uint256 fromPot = _min(owed, _max(withdrawable, due.collected));
        uint256 fromBalance = _min(owed - fromPot, balance);
        due.paid = fromPot + fromBalance;
        held -= due.paid;
        balance -= fromBalance;
        if (balance < loan) balance += _min(loan - balance, held - others - balance);
        due.returned = _min(_above(evidence.loanReturn.totalReturned, _returned()), _min(loan, balance));
    }

    function _collectable(ConsumerChannel channel, ICollections.Collection memory row) private view returns (uint256) {
        return _min(_above(row.amount, channel.settled()), token.balanceOf(address(channel)));
    }

    function _returned() private view returns (uint256) {
        return accountant.channel(provider).returned;
    }

    function _above(uint256 total, uint256 done) private pure returns (uint256) {
        return total > done ? total - done : 0;
    }

    function _max(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a : b;
    }
}

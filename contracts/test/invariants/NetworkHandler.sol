// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {AlreadySettled, InsufficientFunds, NewLoansRefused, NothingPayable} from "../../src/Errors.sol";
import {ICollections} from "../../src/interfaces/accountant/ICollections.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../../src/interfaces/IRegistry.sol";
import {People} from "./People.sol";

/// @title What anybody may do in any order; every action leaves everybody else's totals and balances at least as high
/// @dev Amounts are of the stake's size, so that loans, free tokens and the stake itself run out again and again. A refusal must be one
/// that the rules allow at that moment, else the action fails and with it the run.
contract NetworkHandler is People {
    uint256 private constant MOST = 3000;

    modifier nobodyLoses() {
        Facts[COUNT] memory before;
        for (uint256 i = 0; i < COUNT; ++i) {
            before[i] = facts(i);
        }
        _;
        for (uint256 i = 0; i < COUNT; ++i) {
            Facts memory now_ = facts(i);
            vm.assertGe(now_.consumerSettled, before[i].consumerSettled, "a consumer's total fell");
            vm.assertGe(now_.loan, before[i].loan, "a loan fell");
            vm.assertGe(now_.settled, before[i].settled, "a provider's total fell");
            vm.assertGe(now_.feesPaid, before[i].feesPaid, "a total of fees fell");
            bool wasPaid = now_.settled != before[i].settled;
            vm.assertTrue(wasPaid || now_.balance >= before[i].balance, "a balance fell without being paid out");
        }
    }

    function donate(uint256 amount) external nobodyLoses {
        amount = _bound(amount, 1, MOST);
        _addFree(amount);
        donated += amount;
    }

    function fund(uint256 i, uint256 amount) external nobodyLoses {
        i = _pick(i);
        amount = _bound(amount, 1, MOST);
        token.mint(channelOf[i], amount);
        _ghosts[i].funded += amount;
    }

    function increaseLoan(uint256 i, uint256 amount) external nobodyLoses {
        i = _pick(i);
        amount = _bound(amount, 1, MOST);
        _lend(identity[i], amount);
        _ghosts[i].lent += amount;
    }

    function register(uint256 i, uint256 loan, uint256 fee, bool withBeneficiary) external nobodyLoses {
        i = _pick(i);
        if (_ghosts[i].registered) return;
        IRegistry.RegisterIdentity memory message = _registration(identity[i], _bound(loan, 0, MOST));
        message.fee = _bound(fee, 0, 50);
        message.transactionMaker = transactionMaker;
        if (withBeneficiary) message.beneficiary = beneficiary[i];
        uint256 needed = REGISTRATION_FEE + message.loan + message.fee;
        bytes memory signature = _signed(key(i), message);
        uint256 free = _free();
        try registry.registerIdentity(message, signature) {
            vm.assertTrue(message.loan == 0 || free >= MINIMUM_STAKE, "a new loan without a stake");
            Ghost storage ghost_ = _ghosts[i];
            ghost_.registered = true;
            ghost_.spentOnRegistration = needed;
            ghost_.lent += message.loan;
            registrationMakerFees += message.fee;
        } catch (bytes memory reason) {
            bool poor = _selector(reason) == InsufficientFunds.selector && _ghosts[i].funded < needed;
            bool refused = _selector(reason) == NewLoansRefused.selector && message.loan != 0 && free < MINIMUM_STAKE;
            vm.assertTrue(poor || refused, "registration refused for no reason");
        }
    }

    function settleConsumer(uint256 i, uint256 total) external nobodyLoses {
        i = _pick(i);
        if (!_ghosts[i].registered) return;
        total = _signConsumerTotal(i, total);
        (uint256 settled, uint256 there) = (facts(i).consumerSettled, token.balanceOf(channelOf[i]));
        bytes memory signature = _consumerPromise(key(i), channelOf[i], total);
        try ConsumerChannel(channelOf[i]).settlePromise(total, AGREEMENT_HASH, LOCK, signature) {}
        catch (bytes memory reason) {
            _requireReason(reason, total, settled, there);
        }
    }

    function collect(uint256 i, uint256 total, uint256 j, uint256 otherTotal) external nobodyLoses {
        (i, j) = (_pick(i), _pick(j));
        ICollections.Collection[] memory rows = new ICollections.Collection[](3);
        total = _signConsumerTotal(i, total);
        rows[0] = _collection(i, total);
        rows[1] = _collection(j, _signConsumerTotal(j, otherTotal));
        rows[2] = _collection(i, total);
        rows[2].amount = _ghosts[i].highestConsumerTotal + 1; // a total that nobody signed
        accountant.collect(rows);
    }

    function settleProvider(uint256 i, uint256 total, uint256 feeTotal, uint256 minSettled) external nobodyLoses {
        i = _pick(i);
        address to = identity[i];
        total = _signProviderTotal(i, total);
        (uint256 settled, uint256 there) = (_settled(to), _balance(to) + accountant.withdrawable());
        bytes memory signature = _providerPromise(to, total);
        ISettlements.SettlementFee memory fee = _signFee(i, feeTotal, minSettled);
        try accountant.settlePromiseWithFee(to, total, LOCK, signature, fee) {}
        catch (bytes memory reason) {
            _requireReason(reason, total, settled, there);
        }
    }

    function settleProviders(uint256 i, uint256 total, uint256 j, uint256 otherTotal, uint256 feeTotal)
        external
        nobodyLoses
    {
        (i, j) = (_pick(i), _pick(j));
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](3);
        total = _signProviderTotal(i, total);
        rows[0] = _settlement(i, total);
        rows[1] = _settlement(j, _signProviderTotal(j, otherTotal));
        rows[1].fee = _signFee(j, feeTotal, 0);
        rows[2] = _settlement(i, total);
        rows[2].amount = _ghosts[i].highestProviderTotal + 1; // a total that no operator signed
        accountant.settlePromises(rows);
    }

    function rebalance(uint256 i) external nobodyLoses {
        accountant.rebalanceChannel(identity[_pick(i)]);
    }

    function rebalanceSome(uint256 i, uint256 j) external nobodyLoses {
        address[] memory providers = new address[](2);
        (providers[0], providers[1]) = (identity[_pick(i)], identity[_pick(j)]);
        accountant.rebalanceChannels(providers);
    }

    function _signConsumerTotal(uint256 i, uint256 total) private returns (uint256) {
        total = _bound(total, 1, facts(i).consumerSettled + MOST);
        if (total > _ghosts[i].highestConsumerTotal) _ghosts[i].highestConsumerTotal = total;
        return total;
    }

    function _signProviderTotal(uint256 i, uint256 total) private returns (uint256) {
        total = _bound(total, 1, facts(i).settled + MOST);
        if (total > _ghosts[i].highestProviderTotal) _ghosts[i].highestProviderTotal = total;
        return total;
    }

    function _signFee(uint256 i, uint256 feeTotal, uint256 minSettled)
        private
        returns (ISettlements.SettlementFee memory fee)
    {
        Facts memory now_ = facts(i);
        feeTotal = _bound(feeTotal, 1, now_.feesPaid + 100);
        minSettled = _bound(minSettled, 0, now_.settled + MOST);
        if (feeTotal > _ghosts[i].highestFeeTotal) _ghosts[i].highestFeeTotal = feeTotal;
        fee = ISettlements.SettlementFee(feeTotal, transactionMaker, minSettled, block.timestamp, "");
        fee.signature = _sign(key(i), _settlementFeeDigest(address(accountant), identity[i], fee));
    }

    function _collection(uint256 i, uint256 total) private view returns (ICollections.Collection memory) {
        address channel = channelOf[i];
        bytes memory signature = _consumerPromise(key(i), channel, total);
        return ICollections.Collection(identity[i], total, AGREEMENT_HASH, LOCK, signature);
    }

    function _settlement(uint256 i, uint256 total) private view returns (ISettlements.Settlement memory row) {
        (row.provider, row.amount, row.lock) = (identity[i], total, LOCK);
        row.signature = _providerPromise(identity[i], total);
    }

    function _requireReason(bytes memory reason, uint256 total, uint256 settled, uint256 there) private pure {
        bool nothingNew = _selector(reason) == AlreadySettled.selector && total <= settled;
        bool nothingThere = _selector(reason) == NothingPayable.selector && there == 0;
        vm.assertTrue(nothingNew || nothingThere, "a settlement refused for no reason");
    }

    function _free() private view returns (uint256) {
        return token.balanceOf(address(accountant)) - accountant.lockedFunds();
    }
}

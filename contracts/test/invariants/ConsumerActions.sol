// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {
    AlreadyRegistered,
    AlreadySettled,
    InsufficientFunds,
    InvalidSigner,
    NewLoansRefused,
    NothingPayable
} from "../../src/Errors.sol";
import {IRegistry} from "../../src/interfaces/IRegistry.sol";
import {ICollections} from "../../src/interfaces/accountant/ICollections.sol";
import {Signers} from "./Signers.sol";

/// @title What consumers do, and what is done with their promises
/// @dev Amounts are of the stake's size, so that loans, free tokens and the stake itself run out again and again.
abstract contract ConsumerActions is Signers {
    uint256 internal constant MOST = 3000;

    uint256 public registrationMakerFees;

    function fund(uint256 i, uint256 amount) external watched {
        i = _pick(i);
        amount = _bound(amount, 1, MOST);
        token.mint(channelOf[i], amount);
        _ghosts[i].funded += amount;
    }

    function register(uint256 i, uint256 loan, uint256 fee, uint256 withBeneficiary) external watched {
        i = _pick(i);
        IRegistry.RegisterIdentity memory message = _registration(identity[i], _bound(loan, 0, MOST));
        message.fee = _bound(fee, 0, 50);
        message.transactionMaker = transactionMaker;
        if (withBeneficiary % 2 == 1) message.beneficiary = beneficiary[i];
        uint256 needed = REGISTRATION_FEE + message.loan + message.fee;
        bytes memory call = abi.encodeCall(IRegistry.registerIdentity, (message, _signed(key(i), message)));
        bytes4 refusal = _registrationRefusal(i, needed, message.loan);
        if (!_act(Action.Register, stranger, address(registry), call, refusal)) return;
        Ghost storage ghost_ = _ghosts[i];
        ghost_.registered = true;
        ghost_.spentOnRegistration = needed;
        ghost_.lent += message.loan;
        // What the provider signed with a nonce is newer.
        if (message.beneficiary != address(0) && ghost_.providerNonce == 0) ghost_.redirected = true;
        registrationMakerFees += message.fee;
    }

    function settleConsumer(uint256 i, uint256 total) external watched {
        i = _pick(i);
        if (!_ghosts[i].registered) return;
        uint256 settled = facts(i).consumerSettled;
        total = _signConsumerTotal(i, total);
        bytes memory signature = _consumerPromise(key(i), channelOf[i], total);
        bytes memory call = abi.encodeCall(ConsumerChannel.settlePromise, (total, AGREEMENT_HASH, LOCK, signature));
        uint256 deposit = token.balanceOf(channelOf[i]);
        bytes4 refusal = total <= settled ? AlreadySettled.selector : deposit == 0 ? NothingPayable.selector : bytes4(0);
        if (!_act(Action.SettleConsumer, stranger, channelOf[i], call, refusal)) return;
        bool exact = facts(i).consumerSettled == settled + _min(total - settled, deposit);
        _require(exact, Rule.PaymentsAreExact, "a consumer paid another amount", Action.SettleConsumer);
    }

    function collect(uint256 i, uint256 total, uint256 j, uint256 otherTotal) external watched {
        (i, j) = (_pick(i), _pick(j));
        ICollections.Collection[] memory rows = new ICollections.Collection[](3);
        rows[0] = _collection(i, _signConsumerTotal(i, total));
        rows[1] = _collection(j, _signConsumerTotal(j, otherTotal));
        rows[2] = _collection(i, rows[0].amount);
        rows[2].amount = _ghosts[i].highestConsumerTotal + 1; // a total that nobody signed
        uint256 before = token.balanceOf(address(accountant));
        accountant.collect(rows);
        if (token.balanceOf(address(accountant)) != before) ++done[Action.Collect];
    }

    function requestExit(uint256 i, uint256 flaw) external watched {
        i = _pick(i);
        if (!_ghosts[i].registered) return;
        Request memory request = _request(flaw, _ghosts[i].consumerNonce, key(i));
        bytes32 typeHash =
            keccak256("RequestExit(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");
        bytes memory signature =
            _signedBy(request.key, abi.encode(typeHash, _consumerId(i), exitTo[i], request.nonce, request.deadline));
        bytes memory call =
            abi.encodeCall(ConsumerChannel.requestExit, (exitTo[i], request.nonce, request.deadline, signature));
        if (!_act(Action.RequestExit, stranger, channelOf[i], call, request.refusal)) return;
        ++_ghosts[i].consumerNonce;
        _ghosts[i].exit = Announced(0, block.timestamp);
    }

    /// @dev Mostly of somebody who requested one.
    function finalizeExit(uint256 i) external watched {
        for (uint256 tries = 0; tries < COUNT && _ghosts[_pick(i)].exit.time == 0; ++tries) {
            i = i / 2 + 1;
        }
        i = _pick(i);
        if (!_ghosts[i].registered) return;
        uint256 deposit = token.balanceOf(channelOf[i]);
        bytes4 refusal = _refusalOf(_ghosts[i].exit);
        if (refusal == bytes4(0) && deposit == 0) refusal = NothingPayable.selector;
        bytes memory call = abi.encodeCall(ConsumerChannel.finalizeExit, ());
        if (!_act(Action.FinalizeExit, stranger, channelOf[i], call, refusal)) return;
        delete _ghosts[i].exit;
        _ghosts[i].exited += deposit;
    }

    function consentExit(uint256 i, uint256 amount, uint256 operator_, uint256 flaw) external watched {
        i = _pick(i);
        if (!_ghosts[i].registered) return;
        amount = _bound(amount, 1, MOST);
        uint256 k = _operatorFor(operator_);
        Request memory request = _request(flaw, _ghosts[i].consumerNonce, key(i));
        bytes4 refusal = request.refusal;
        if (refusal == bytes4(0) && !isValid(k)) refusal = InvalidSigner.selector;
        if (refusal == bytes4(0) && token.balanceOf(channelOf[i]) < amount) refusal = InsufficientFunds.selector;
        bytes memory call = _consent(i, amount, operatorKey(k), request);
        if (!_act(Action.ConsentExit, stranger, channelOf[i], call, refusal)) return;
        ++_ghosts[i].consumerNonce;
        _ghosts[i].exited += amount;
    }

    function _signConsumerTotal(uint256 i, uint256 total) internal returns (uint256) {
        total = _bound(total, 1, facts(i).consumerSettled + MOST);
        if (total > _ghosts[i].highestConsumerTotal) _ghosts[i].highestConsumerTotal = total;
        return total;
    }

    function _collection(uint256 i, uint256 total) internal view returns (ICollections.Collection memory) {
        bytes memory signature = _consumerPromise(key(i), channelOf[i], total);
        return ICollections.Collection(identity[i], total, AGREEMENT_HASH, LOCK, signature);
    }

    /// @dev Whether the owner takes new loans, by what the owner did.
    function _loanRefusal() internal view virtual returns (bytes4);

    function _consent(uint256 i, uint256 amount, uint256 operatorKey_, Request memory request)
        private
        view
        returns (bytes memory)
    {
        bytes32 typeHash = keccak256(
            "ConsentExit(bytes32 channelId,address beneficiary,uint256 amount,uint256 nonce,uint256 deadline)"
        );
        bytes memory encoded = abi.encode(typeHash, _consumerId(i), exitTo[i], amount, request.nonce, request.deadline);
        bytes memory signature = _signedBy(request.key, encoded);
        bytes memory consent = _signedBy(operatorKey_, encoded);
        return abi.encodeCall(
            ConsumerChannel.consentExit, (exitTo[i], amount, request.nonce, request.deadline, signature, consent)
        );
    }

    function _registrationRefusal(uint256 i, uint256 needed, uint256 loan) private view returns (bytes4) {
        if (_ghosts[i].registered) return AlreadyRegistered.selector;
        if (_ghosts[i].funded < needed) return InsufficientFunds.selector;
        if (loan == 0) return bytes4(0);
        bytes4 refusal = _loanRefusal();
        if (refusal != bytes4(0)) return refusal;
        (uint256 locked,,) = _sums(_books());
        bool poor = token.balanceOf(address(accountant)) - locked < MINIMUM_STAKE;
        return poor ? NewLoansRefused.selector : bytes4(0);
    }
}

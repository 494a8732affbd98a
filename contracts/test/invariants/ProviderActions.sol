// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadyReturned, AlreadySettled, InvalidSigner, NothingPayable} from "../../src/Errors.sol";
import {IChannelBook} from "../../src/interfaces/accountant/IChannelBook.sol";
import {ILoans} from "../../src/interfaces/accountant/ILoans.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {ConsumerActions} from "./ConsumerActions.sol";

/// @title What providers do, and what is done with the accountant's promises to them
abstract contract ProviderActions is ConsumerActions {
    function increaseLoan(uint256 i, uint256 amount) external watched {
        i = _pick(i);
        amount = _bound(amount, 1, MOST);
        token.mint(stranger, amount);
        vm.prank(stranger);
        token.approve(address(accountant), amount);
        bytes memory call = abi.encodeCall(ILoans.increaseLoan, (identity[i], amount));
        if (_act(Action.IncreaseLoan, stranger, address(accountant), call, 0)) _ghosts[i].lent += amount;
    }

    function settleProvider(uint256 i, uint256 total, uint256 operator_) external watched {
        i = _pick(i);
        uint256 k = _operatorFor(operator_);
        total = _signProviderTotal(i, total, k);
        bytes memory signature = _promiseBy(k, i, total);
        bytes memory call = abi.encodeCall(ISettlements.settlePromise, (identity[i], total, LOCK, signature));
        _settleAlone(Action.SettleProvider, i, total, k, call, SignedFee(0, 0));
    }

    function settleWithFee(uint256 i, uint256 total, uint256 operator_, uint256 feeTotal, uint256 minSettled)
        external
        watched
    {
        i = _pick(i);
        uint256 k = _operatorFor(operator_);
        total = _signProviderTotal(i, total, k);
        ISettlements.SettlementFee memory fee = _signFee(i, feeTotal, minSettled);
        bytes memory signature = _promiseBy(k, i, total);
        bytes memory call =
            abi.encodeCall(ISettlements.settlePromiseWithFee, (identity[i], total, LOCK, signature, fee));
        _settleAlone(Action.SettleWithFee, i, total, k, call, SignedFee(fee.totalFee, fee.minSettled));
    }

    function settleProviders(uint256 i, uint256 total, uint256 j, uint256 otherTotal, uint256 feeTotal)
        external
        watched
    {
        (i, j) = (_pick(i), _pick(j));
        uint256 k = _operatorFor(1 + total % 2 * 8);
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](3);
        rows[0] = _row(i, _signProviderTotal(i, total, k), k);
        rows[1] = _row(j, _signProviderTotal(j, otherTotal, k), k);
        rows[1].fee = _signFee(j, feeTotal, 0);
        rows[2] = _row(i, rows[0].amount, k);
        rows[2].amount = _ghosts[i].highestProviderTotal + 1; // a total that no operator signed
        Books memory books = _books();
        uint256 before = books.held;
        if (isValid(k)) {
            _settleIn(books, i, rows[0].amount, 0, SignedFee(0, 0));
            _settleIn(books, j, rows[1].amount, 0, SignedFee(rows[1].fee.totalFee, 0));
        }
        accountant.settlePromises(rows);
        if (token.balanceOf(address(accountant)) != before) ++done[Action.SettleProviders];
        _requireBooks(books, Action.SettleProviders);
    }

    function setBeneficiary(uint256 i, uint256 elsewhere, uint256 flaw) external watched {
        i = _pick(i);
        address to = elsewhere % 2 == 0 ? address(0) : beneficiary[i];
        Request memory request = _request(flaw, _ghosts[i].providerNonce, key(i));
        bytes32 typeHash =
            keccak256("SetBeneficiary(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");
        bytes memory signature =
            _signedBy(request.key, abi.encode(typeHash, _providerId(i), to, request.nonce, request.deadline));
        bytes memory call =
            abi.encodeCall(IChannelBook.setBeneficiary, (identity[i], to, request.nonce, request.deadline, signature));
        if (!_act(Action.SetBeneficiary, stranger, address(accountant), call, request.refusal)) return;
        ++_ghosts[i].providerNonce;
        _ghosts[i].redirected = to != address(0);
    }

    function returnLoan(uint256 i, uint256 total, uint256 flaw) external watched {
        i = _pick(i);
        (ILoans.LoanReturn memory signed, bytes4 refusal) = _signReturn(i, total, flaw);
        Books memory books = _books();
        if (signed.totalReturned <= books.returned[i]) refusal = AlreadyReturned.selector;
        if (refusal == bytes4(0) && _returnIn(books, i, signed.totalReturned) == 0) refusal = NothingPayable.selector;
        bytes memory call = abi.encodeCall(ILoans.returnLoan, (identity[i], signed));
        if (_act(Action.ReturnLoan, stranger, address(accountant), call, refusal)) {
            _requireBooks(books, Action.ReturnLoan);
        }
    }

    function rebalance(uint256 i) external watched {
        Books memory books = _books();
        _refillIn(books, _pick(i));
        bytes memory call = abi.encodeCall(IChannelBook.rebalanceChannel, (identity[_pick(i)]));
        _act(Action.Rebalance, stranger, address(accountant), call, 0);
        _requireBooks(books, Action.Rebalance);
    }

    function rebalanceSome(uint256 i, uint256 j) external watched {
        Books memory books = _books();
        _refillIn(books, _pick(i));
        _refillIn(books, _pick(j));
        address[] memory providers = new address[](2);
        (providers[0], providers[1]) = (identity[_pick(i)], identity[_pick(j)]);
        bytes memory call = abi.encodeCall(IChannelBook.rebalanceChannels, (providers));
        _act(Action.RebalanceSome, stranger, address(accountant), call, 0);
        _requireBooks(books, Action.RebalanceSome);
    }

    function _signProviderTotal(uint256 i, uint256 total, uint256 k) internal returns (uint256) {
        total = _bound(total, 1, facts(i).settled + MOST);
        if (isValid(k) && total > _ghosts[i].highestProviderTotal) _ghosts[i].highestProviderTotal = total;
        return total;
    }

    function _signReturn(uint256 i, uint256 total, uint256 flaw)
        internal
        returns (ILoans.LoanReturn memory signed, bytes4 refusal)
    {
        signed.totalReturned = _bound(total, 1, facts(i).returned + MOST);
        Request memory request = _request(flaw % 16 == 2 || flaw % 16 == 3 ? 0 : flaw, 0, key(i)); // it has no nonce
        signed.deadline = request.deadline;
        bytes32 typeHash = keccak256("ReturnLoan(bytes32 channelId,uint256 totalReturned,uint256 deadline)");
        signed.signature =
            _signedBy(request.key, abi.encode(typeHash, _providerId(i), signed.totalReturned, signed.deadline));
        refusal = request.refusal;
        Ghost storage ghost_ = _ghosts[i];
        if (refusal == bytes4(0) && signed.totalReturned > ghost_.highestReturnTotal) {
            ghost_.highestReturnTotal = signed.totalReturned;
        }
    }

    function _row(uint256 i, uint256 total, uint256 k) internal view returns (ISettlements.Settlement memory row) {
        (row.provider, row.amount, row.lock) = (identity[i], total, LOCK);
        row.signature = _promiseBy(k, i, total);
    }

    function _promiseBy(uint256 k, uint256 i, uint256 total) internal view returns (bytes memory) {
        return _sign(operatorKey(k), _providerPromiseDigest(address(accountant), identity[i], total, LOCK));
    }

    function _signFee(uint256 i, uint256 feeTotal, uint256 minSettled)
        internal
        returns (ISettlements.SettlementFee memory fee)
    {
        Facts memory now_ = facts(i);
        feeTotal = _bound(feeTotal, 1, now_.feesPaid + 100);
        minSettled = _bound(minSettled, 0, now_.settled + MOST);
        if (feeTotal > _ghosts[i].highestFeeTotal) _ghosts[i].highestFeeTotal = feeTotal;
        fee = ISettlements.SettlementFee(feeTotal, transactionMaker, minSettled, block.timestamp, "");
        fee.signature = _sign(key(i), _settlementFeeDigest(address(accountant), identity[i], fee));
    }

    function _settleAlone(Action action, uint256 i, uint256 total, uint256 k, bytes memory call, SignedFee memory fee)
        private
    {
        Books memory books = _books();
        bytes4 refusal = isValid(k) ? bytes4(0) : InvalidSigner.selector;
        if (refusal == bytes4(0) && total <= books.settled[i]) refusal = AlreadySettled.selector;
        if (refusal == bytes4(0) && _settleIn(books, i, total, 0, fee) == 0) refusal = NothingPayable.selector;
        if (_act(action, stranger, address(accountant), call, refusal)) _requireBooks(books, action);
    }
}

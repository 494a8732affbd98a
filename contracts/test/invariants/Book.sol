// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {People} from "./People.sol";

/// @title What protocol section 6 says a payment does, written a second time
/// @dev An action takes the books as they are, does to them what the rules say, and compares them with what the contracts did.
abstract contract Book is People {
    struct Books {
        uint256 held;
        uint256 stake;
        uint256[COUNT] loan;
        uint256[COUNT] returned;
        uint256[COUNT] balance;
        uint256[COUNT] settled;
        uint256[COUNT] feesPaid;
    }

    struct SignedFee {
        uint256 total;
        uint256 minSettled;
    }

    function _books() internal view returns (Books memory books) {
        books.held = token.balanceOf(address(accountant));
        books.stake = accountant.stake();
        for (uint256 i = 0; i < COUNT; ++i) {
            Facts memory now_ = facts(i);
            (books.loan[i], books.returned[i], books.balance[i]) = (now_.loan, now_.returned, now_.balance);
            (books.settled[i], books.feesPaid[i]) = (now_.settled, now_.feesPaid);
        }
    }

    /// @dev L, V and max(0, T - V - S), out of nothing but the channels.
    function _sums(Books memory books) internal pure returns (uint256 locked, uint256 reserved, uint256 withdrawable) {
        for (uint256 i = 0; i < COUNT; ++i) {
            locked += books.balance[i];
            reserved += books.loan[i] > books.balance[i] ? books.loan[i] : books.balance[i];
        }
        uint256 taken = reserved + books.stake;
        withdrawable = books.held > taken ? books.held - taken : 0;
    }

    /// @dev min(owed, balance + max(withdrawable, collected)), the balance last; then the fee; then the refill.
    function _settleIn(Books memory books, uint256 i, uint256 total, uint256 collected, SignedFee memory fee)
        internal
        pure
        returns (uint256 paid)
    {
        if (total <= books.settled[i]) return 0;
        uint256 owed = total - books.settled[i];
        (,, uint256 free) = _sums(books);
        uint256 fromFree = _min(owed, free > collected ? free : collected);
        uint256 fromBalance = _min(owed - fromFree, books.balance[i]);
        paid = fromFree + fromBalance;
        books.settled[i] += paid;
        books.balance[i] -= fromBalance;
        books.held -= paid;
        if (books.settled[i] >= fee.minSettled && fee.total > books.feesPaid[i]) {
            books.feesPaid[i] += _min(fee.total - books.feesPaid[i], paid);
        }
        if (paid != 0) _refillIn(books, i);
    }

    function _refillIn(Books memory books, uint256 i) internal pure {
        if (books.balance[i] >= books.loan[i]) return;
        (uint256 locked,,) = _sums(books);
        books.balance[i] += _min(books.loan[i] - books.balance[i], books.held - locked);
    }

    function _returnIn(Books memory books, uint256 i, uint256 total) internal pure returns (uint256 paid) {
        if (total <= books.returned[i]) return 0;
        _refillIn(books, i);
        paid = _min(total - books.returned[i], _min(books.loan[i], books.balance[i]));
        books.returned[i] += paid;
        books.loan[i] -= paid;
        books.balance[i] -= paid;
        books.held -= paid;
    }

    function _lockIn(Books memory books, uint256 i, uint256 amount) internal pure {
        _refillIn(books, i);
        books.balance[i] += amount;
    }
}

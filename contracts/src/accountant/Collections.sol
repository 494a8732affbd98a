// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {UnknownChannel} from "../Errors.sol";
import {IConsumerChannel} from "../interfaces/IConsumerChannel.sol";
import {ICollections} from "../interfaces/accountant/ICollections.sol";
import {ConsumerChannelProxy} from "../libraries/ConsumerChannelProxy.sol";
import {ChannelBook} from "./ChannelBook.sol";

/// @title Cashing consumers' promises
/// @notice The money's way in.
abstract contract Collections is ChannelBook, ICollections {
    address private immutable _consumerChannelImplementation;

    constructor(address consumerChannelImplementation_) {
        _consumerChannelImplementation = consumerChannelImplementation_;
    }

    /// @inheritdoc ICollections
    function collect(Collection[] calldata rows) external onlyThroughProxy nonReentrant {
        _collect(rows);
    }

    // A row is one call into a consumer channel, so that all of it fails or none. Only the registry can have put code at the address:
    // nothing foreign is called, which could lie about what it paid.
    function _collect(Collection[] calldata rows) internal {
        ConsumerChannelProxy.Arguments memory arguments =
            ConsumerChannelProxy.Arguments(address(0), address(this), token, registry);
        for (uint256 i = 0; i < rows.length; ++i) {
            Collection calldata row = rows[i];
            arguments.identity = row.identity;
            address consumerChannel = ConsumerChannelProxy.predict(_consumerChannelImplementation, arguments);
            if (consumerChannel.code.length == 0) {
                emit RowFailed(i, consumerChannel, abi.encodeWithSelector(UnknownChannel.selector, consumerChannel));
                continue;
            }
            try IConsumerChannel(consumerChannel)
                .settlePromise(row.amount, row.agreementHash, row.lock, row.signature) returns (
                uint256
            ) {}
            catch (bytes memory reason) {
                emit RowFailed(i, consumerChannel, reason);
            }
        }
    }
}

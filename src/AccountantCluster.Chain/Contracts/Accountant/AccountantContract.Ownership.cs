using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What the owner may do, and when: terms, keys, funds, closing (protocol §6). All calls are the owner's unless they say otherwise.</summary>
public sealed partial class AccountantContract
{
    /// <summary>The fee now, in hundredths of a percent.</summary>
    public Task<ulong> GetFeeBasisPointsAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.FeeBasisPoints, data => data.ReadUInt64(), block, cancellation);

    /// <summary>The fee after the last announcement.</summary>
    public Task<AnnouncedFee> GetAnnouncedFeeAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.AnnouncedFee, data => new AnnouncedFee(data.ReadUInt64(), data.ReadUInt64()), block, cancellation);

    /// <summary>Lowers the fee at once or raises it in 4 days.</summary>
    /// <param name="basisPoints">At most 10,000.</param>
    public ContractCall SetFee(ushort basisPoints) => AccountantAbi.SetFee.Call(address, new AbiEncoder().Add(basisPoints));

    /// <summary>Whether a key's signature makes a promise now.</summary>
    public Task<bool> IsOperatorAsync(Address operatorAddress, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.IsOperator, new AbiEncoder().Add(operatorAddress), data => data.ReadBool(), block, cancellation);

    /// <summary>When a key's signatures hold.</summary>
    public Task<OperatorValidity> GetOperatorValidityAsync(
        Address operatorAddress, BlockReference block, CancellationToken cancellation = default) => _reader.ReadAsync(
            AccountantAbi.OperatorValidity,
            new AbiEncoder().Add(operatorAddress),
            data => new OperatorValidity(data.ReadUInt64(), data.ReadUInt64()),
            block,
            cancellation);

    /// <summary>Adds a key, valid after 4 days; takes back the revocation of a valid one at once.</summary>
    public ContractCall AddOperator(Address operatorAddress) => AccountantAbi.AddOperator.Call(address, new AbiEncoder().Add(operatorAddress));

    /// <summary>Revokes a key: it holds for 14 more days, or never if its notice still runs.</summary>
    public ContractCall RevokeOperator(Address operatorAddress) =>
        AccountantAbi.RevokeOperator.Call(address, new AbiEncoder().Add(operatorAddress));

    /// <summary>Announces a withdrawal.</summary>
    public ContractCall RequestWithdrawal(Amount amount) => AccountantAbi.RequestWithdrawal.Call(address, new AbiEncoder().Add(amount));

    /// <summary>Pays the owner min(requested, withdrawable), from 4 to 11 days after the request.</summary>
    public ContractCall Withdraw() => AccountantAbi.Withdraw.Call(address);

    /// <summary>The latest request of a withdrawal; null for none.</summary>
    public Task<AnnouncedRequest?> GetWithdrawalRequestAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.WithdrawalRequest, AnnouncedRequest.Read, block, cancellation);

    /// <summary>Refuses registrations with a loan, or takes them again.</summary>
    public ContractCall PauseNewLoans(bool paused) => AccountantAbi.PauseNewLoans.Call(address, new AbiEncoder().Add(paused));

    /// <summary>Whether registrations with a loan are refused by the owner.</summary>
    public Task<bool> GetNewLoansPausedAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.NewLoansPaused, data => data.ReadBool(), block, cancellation);

    /// <summary>Closes for ever; the stake may be taken 4 days later.</summary>
    public ContractCall Close() => AccountantAbi.Close.Call(address);

    /// <summary>When the accountant began to close; null for never.</summary>
    public Task<ulong?> GetClosingSinceAsync(BlockReference block, CancellationToken cancellation = default) => _reader.ReadAsync(
        AccountantAbi.ClosingSince, data => data.ReadUInt64() is var since and not 0 ? since : (ulong?)null, block, cancellation);

    /// <summary>Pays the owner of a closing accountant min(S, T − V).</summary>
    public ContractCall ReturnStake() => AccountantAbi.ReturnStake.Call(address);

    /// <summary>Who owns the funds.</summary>
    public Task<Address> GetOwnerAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Owner, data => data.ReadAddress(), block, cancellation);

    /// <summary>To whom the accountant is offered; zero for nobody.</summary>
    public Task<Address> GetPendingOwnerAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.PendingOwner, data => data.ReadAddress(), block, cancellation);

    /// <summary>Offers the accountant to a new owner, who must accept; zero takes the offer back.</summary>
    public ContractCall TransferOwnership(Address newOwner) => AccountantAbi.TransferOwnership.Call(address, new AbiEncoder().Add(newOwner));

    /// <summary>Makes the sender the owner. Only for whom it was offered to.</summary>
    public ContractCall AcceptOwnership() => AccountantAbi.AcceptOwnership.Call(address);

    /// <summary>Sends all of a foreign token to the owner. Anyone may send it.</summary>
    public ContractCall RescueTokens(Address foreignToken) => AccountantAbi.RescueTokens.Call(address, new AbiEncoder().Add(foreignToken));

    /// <summary>Sends all ether to the owner. Anyone may send it.</summary>
    public ContractCall RescueEther() => AccountantAbi.RescueEther.Call(address);
}

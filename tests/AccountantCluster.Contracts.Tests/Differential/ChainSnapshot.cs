using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>What the newest block says, in the words of <see cref="World.Describe"/>; read in one request.</summary>
internal sealed class ChainSnapshot(ContractsUnderTest contracts)
{
    private readonly List<(string Name, ContractCall Call, Func<AbiDecoder, string> Read)> _lines = [];

    public static async Task<SortedDictionary<string, string>> ReadAsync(ContractsUnderTest contracts)
    {
        var snapshot = new ChainSnapshot(contracts);
        snapshot.AddTokens();
        snapshot.AddChannels();
        snapshot.AddBooks();
        snapshot.AddOwnership();
        return await snapshot.ReadAsync();
    }

    private void AddTokens()
    {
        foreach (var holder in contracts.Setup.Holders)
            Add($"tokens of {holder}", contracts.Token.Address, TokenAbi.BalanceOf, Number, Argument(holder));
    }

    private void AddChannels()
    {
        foreach (var consumer in contracts.Setup.Consumers)
        {
            var channel = contracts.ChannelOf(consumer).Address;
            Add($"consumer {consumer}", channel, ConsumerChannelAbi.Settled, data => $"settled {data.ReadUInt128()}");
            Add($"consumer {consumer}", channel, ConsumerChannelAbi.Nonce, data => $", nonce {data.ReadUInt64()}");
            Add($"consumer {consumer}, exit", channel, ConsumerChannelAbi.ExitRequest, Exit);
        }
        foreach (var provider in contracts.Setup.Providers)
        {
            Add($"provider {provider}", contracts.Accountant.Address, AccountantAbi.Channel, Channel, Argument(provider));
            Add($"provider {provider}, release", contracts.Accountant.Address, AccountantAbi.ReleaseRequest, Announced, Argument(provider));
        }
    }

    private void AddBooks()
    {
        var accountant = contracts.Accountant.Address;
        Add("L", accountant, AccountantAbi.LockedFunds, Number);
        Add("V", accountant, AccountantAbi.ReservedFunds, Number);
        Add("S", accountant, AccountantAbi.Stake, Number);
        Add("withdrawable", accountant, AccountantAbi.Withdrawable, Number);
    }

    private void AddOwnership()
    {
        var (accountant, owner) = (contracts.Accountant.Address, contracts.Setup.Owner);
        Add("owner", accountant, AccountantAbi.Owner, data => contracts.NameOf(data.ReadAddress()));
        Add("owner", accountant, AccountantAbi.PendingOwner, data => $", then {contracts.NameOf(data.ReadAddress())}");
        Add("fee", accountant, AccountantAbi.FeeBasisPoints, Number);
        Add("fee", accountant, AccountantAbi.AnnouncedFee, data => $", announced {data.ReadUInt64()} from {data.ReadUInt64()}");
        Add("new loans paused", accountant, AccountantAbi.NewLoansPaused, Truth);
        Add("closing since", accountant, AccountantAbi.ClosingSince, Number);
        Add("withdrawal", accountant, AccountantAbi.WithdrawalRequest, Announced);
        Add($"accountants of {owner}", contracts.Registry.Address, RegistryAbi.AccountantCount, Number, Argument(owner));
        foreach (var key in contracts.Setup.Operators)
        {
            Add($"key of {key}", accountant, AccountantAbi.IsOperator, Truth, Argument(key));
            Add(
                $"key of {key}",
                accountant,
                AccountantAbi.OperatorValidity,
                data => $", from {data.ReadUInt64()} until {data.ReadUInt64()}",
                Argument(key));
        }
    }

    // Lines of the same name are one line.
    private async Task<SortedDictionary<string, string>> ReadAsync()
    {
        var outcomes = await contracts.Client.CallManyAsync([.. _lines.Select(line => line.Call)], BlockReference.Latest);
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((name, _, decode), outcome) in _lines.Zip(outcomes))
        {
            var data = outcome.DataOrThrow();
            // A call of an address without code succeeds and returns nothing.
            if (data.IsEmpty) read[name] = "not there";
            else read[name] = read.GetValueOrDefault(name) + decode(new AbiDecoder(data));
        }
        return read;
    }

    private void Add(
        string name, Protocol.Address contract, AbiFunction function, Func<AbiDecoder, string> read, AbiEncoder? argument = null) =>
        _lines.Add((name, function.Call(contract, argument), read));

    private AbiEncoder Argument(string name) => new AbiEncoder().Add(contracts.AddressOf(name));

    private static string Number(AbiDecoder data) => $"{data.ReadUInt128()}";

    private static string Truth(AbiDecoder data) => $"{data.ReadBool()}";

    private static string Announced(AbiDecoder data)
    {
        var (amount, from, to) = (data.ReadUInt128(), data.ReadUInt64(), data.ReadUInt64());
        return from == 0 ? "none" : Announcement.Text(amount, from, to);
    }

    private string Exit(AbiDecoder data)
    {
        var (beneficiary, from, to) = (contracts.NameOf(data.ReadAddress()), data.ReadUInt64(), data.ReadUInt64());
        return from == 0 ? "none" : $"to {beneficiary} from {from} to {to}";
    }

    private string Channel(AbiDecoder data) =>
        $"beneficiary {contracts.NameOf(data.ReadAddress())}, loan {data.ReadUInt128()}, returned {data.ReadUInt128()}, "
        + $"balance {data.ReadUInt128()}, settled {data.ReadUInt128()}, fees {data.ReadUInt128()}, nonce {data.ReadUInt64()}";
}

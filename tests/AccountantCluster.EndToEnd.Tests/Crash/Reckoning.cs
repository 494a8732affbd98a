using AccountantCluster.Client.Accountants;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Records;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Crash;

/// <summary>What clients were told against what the dead node's files hold.</summary>
internal sealed class Reckoning
{
    private readonly AccountantProfile _profile;
    private readonly IReadOnlyList<RecordedRequest> _requests;
    private readonly Dictionary<Address, StoredConsumerChannel> _consumers;
    private readonly Dictionary<Address, StoredProviderChannel> _providers;

    public Reckoning(AccountantProfile profile, IReadOnlyList<RecordedRequest> requests, StoredJournal journal)
    {
        (_profile, _requests) = (profile, requests);
        _consumers = StoredConsumerChannel.All(journal).ToDictionary(channel => channel.Channel);
        _providers = StoredProviderChannel.All(journal).ToDictionary(channel => channel.Provider);
    }

    /// <summary>The receiving channel of a provider.</summary>
    public StoredProviderChannel Of(Address provider) => _providers[provider];

    /// <summary>The paying channel of a consumer.</summary>
    public StoredConsumerChannel OfConsumer(Address consumer) => _consumers[_profile.ChannelOf(consumer)];

    /// <summary>Every promise that a client got an accepting answer for is stored, and no agreement holds more than was accepted.</summary>
    public void NothingIsLostAndNothingCountedTwice()
    {
        var accepted = AcceptedTotals.Of(_requests);
        Assert.NotEmpty(accepted);
        foreach (var (agreement, total) in accepted)
        {
            var stored = OfConsumer(agreement.Consumer).Totals.GetValueOrDefault((agreement.Provider, agreement.Id));
            Assert.True(stored == total, $"{agreement}: clients were told that {total} is accepted, stored are {stored}.");
        }
        Assert.Equal(accepted.Count, _consumers.Values.Sum(channel => channel.Totals.Count));
    }

    /// <summary>Every unit that a consumer channel credited is in exactly one provider channel.</summary>
    public void ProvidersHaveWhatConsumersCredited()
    {
        foreach (var provider in _providers.Values)
        {
            foreach (var (channel, counted) in provider.CreditedBy)
            {
                var credited = _consumers[channel].CreditedTo(provider.Provider);
                Assert.True(counted == credited, $"{provider.Provider} counts {counted} of {channel}, which credited {credited}.");
            }
        }
        Assert.Equal(Sum(_consumers.Values.Select(channel => channel.Credited)), Sum(_providers.Values.Select(channel => channel.Gross)));
    }

    /// <summary>Credited ≤ promised ≤ deposited, and promised is an amount that its consumer signed.</summary>
    public void ConsumersOweWhatTheySigned()
    {
        var promises = _requests.SelectMany(request => request.Batch.Promises);
        var signed = promises.Select(promise => (promise.Consumer, promise.Amount)).ToHashSet();
        foreach (var consumer in signed.Select(promise => promise.Consumer).Distinct())
        {
            var channel = OfConsumer(consumer);
            Assert.True(channel.Credited <= channel.Promised, $"{consumer}: credited {channel.Credited}, promised {channel.Promised}.");
            Assert.True(channel.Promised <= channel.Deposited, $"{consumer}: promised {channel.Promised}, deposited {channel.Deposited}.");
            Assert.Contains((consumer, channel.Promised), signed);
        }
    }

    /// <summary>Every signed total that a client holds is justified by what is stored, and no lower than those before.</summary>
    public void SignedTotalsAreJustifiedAndNeverDecrease()
    {
        foreach (var request in _requests)
        {
            if (request.Answer?.Promise is not { } promise) continue;
            var stored = Of(request.Provider);
            Assert.True(
                promise.Amount >= request.HighestBefore,
                $"{request.Provider} held {request.HighestBefore} when it asked, and was given {promise.Amount}.");
            Assert.True(
                stored.Justifies(promise.Hashlock, promise.Amount),
                $"{promise.Amount} under {promise.Hashlock} was signed and is not in the journal.");
            Assert.True(promise.Amount <= stored.Gross - DemoFee.On(stored.Gross));
        }
    }

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}

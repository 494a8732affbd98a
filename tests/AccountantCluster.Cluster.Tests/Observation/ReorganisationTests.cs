using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// The chain takes back blocks that were read. Where that is no deeper than the confirmations, nobody hears of it; where it is, the
/// channels are told the truth as soon as the new chain is the longer one.
/// </summary>
public sealed class ReorganisationTests(ObservedChain chain) : IClassFixture<ObservedChain>
{
    private readonly RecordedFacts _facts = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_deposit_that_is_taken_back_is_taken_off_again(int depth)
    {
        var channel = await chain.RegisterAsync(1_000);
        var observer = Observer(confirmations: 0);
        Assert.Equal(new Amount(1_000), (await LookAsync(observer, channel))!.Value.Deposited);

        var snapshot = await chain.SnapshotAsync();
        await chain.DepositAsync(channel, 500);
        for (var block = 1; block < depth; block++) await chain.MineAsync(1);
        Assert.Equal(new Amount(1_500), (await LookAsync(observer, channel))!.Value.Deposited);
        await chain.ReorganiseAsync(snapshot);

        Assert.Equal(new Amount(1_000), (await LookAsync(observer, channel))!.Value.Deposited);
        Assert.Contains(observer.Events, @event => @event is ObserverEvent.WentBack);
        await AssertTrailStandsAsync(observer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_registration_that_is_taken_back_is_known_as_such_and_found_again(int depth)
    {
        using var consumer = PrivateKey.Generate();
        var observer = Observer(confirmations: 0);
        await observer.ObserveAsync();
        var snapshot = await chain.SnapshotAsync();
        var channel = await chain.RegisterAsync(consumer, 1_000);
        await chain.MineAsync(depth);
        Assert.True((await LookAsync(observer, channel))!.Value.Registered);

        await chain.ReorganiseAsync(snapshot);
        var gone = await LookAsync(observer, channel);
        Assert.Equal((false, Amount.Zero), (gone!.Value.Registered, gone.Value.Deposited));

        await chain.RegisterAsync(consumer, 700);
        var again = await LookAsync(observer, channel);
        Assert.Equal((true, new Amount(700)), (again!.Value.Registered, again.Value.Deposited));
        await AssertTrailStandsAsync(observer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_is_no_deeper_than_the_confirmations_is_never_heard_of(int depth)
    {
        var channel = await chain.RegisterAsync(1_000);
        await chain.MineAsync(depth);
        var observer = Observer(confirmations: depth);
        await LookAsync(observer, channel);

        var snapshot = await chain.SnapshotAsync();
        await chain.DepositAsync(channel, 500);
        await chain.MineAsync(depth - 1);
        Assert.Null(await LookAsync(observer, channel));
        await chain.ReorganiseAsync(snapshot);
        Assert.Null(await LookAsync(observer, channel));
        await chain.MineAsync(depth);

        Assert.Null(await LookAsync(observer, channel));
        Assert.DoesNotContain(observer.Events, @event => @event is ObserverEvent.WentBack);
        await AssertTrailStandsAsync(observer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_exit_request_that_moves_to_another_block_is_seen_in_that_one_too(int depth)
    {
        using var consumer = PrivateKey.Generate();
        var channel = await chain.RegisterAsync(consumer, 1_000);
        await chain.MineAsync(depth);
        var observer = Observer(confirmations: depth);
        await observer.ObserveAsync();

        var snapshot = await chain.SnapshotAsync();
        var first = await chain.RequestExitAsync(consumer, channel);
        await chain.MineAsync(depth - 1);
        await observer.ObserveAsync();
        Assert.Equal((channel, first), Assert.Single(_facts.Sightings, sighting => sighting.Channel == channel));
        Assert.Single(observer.Exits, exit => exit.Channel == channel);
        await chain.ReorganiseAsync(snapshot);
        var second = await chain.RequestExitAsync(consumer, channel);
        Assert.True(second > first);
        await observer.ObserveAsync();
        Assert.Equal((channel, second), _facts.Sightings.Last());

        _facts.Take();
        await chain.MineAsync(depth);
        Assert.True((await LookAsync(observer, channel))!.Value.Exiting);
        Assert.Single(observer.Exits, exit => exit.Channel == channel);
    }

    [Fact]
    public async Task An_exit_request_that_is_gone_ends_with_the_confirmed_block_that_does_not_have_it()
    {
        using var consumer = PrivateKey.Generate();
        var channel = await chain.RegisterAsync(consumer, 1_000);
        await chain.MineAsync(1);
        var observer = Observer(confirmations: 1);
        await observer.ObserveAsync();
        var snapshot = await chain.SnapshotAsync();
        await chain.RequestExitAsync(consumer, channel);
        await observer.ObserveAsync();
        Assert.Single(observer.Exits, exit => exit.Channel == channel);
        _facts.Take();

        await chain.ReorganiseAsync(snapshot);
        await chain.MineAsync(1);
        // The channel waits for this word, although it says what was said before.
        Assert.False((await LookAsync(observer, channel))!.Value.Exiting);
        Assert.DoesNotContain(observer.Exits, exit => exit.Channel == channel);
    }

    [Fact]
    public async Task What_happened_while_nobody_looked_is_walked_back_at_the_start()
    {
        using var consumer = PrivateKey.Generate();
        var before = Observer(confirmations: 0);
        await before.ObserveAsync();
        var snapshot = await chain.SnapshotAsync();
        var gone = await chain.RegisterAsync(1_000);
        await before.ObserveAsync();
        await chain.MineAsync(1);
        await before.ObserveAsync();
        await chain.ReorganiseAsync(snapshot);
        var found = await chain.RegisterAsync(consumer, 600);

        var after = Observer(confirmations: 0).Resume(before.State);
        _facts.Take();
        await after.ObserveAsync();

        var told = _facts.Take().ToDictionary(one => one.Channel, one => one.Facts);
        Assert.False(told[gone].Registered);
        Assert.Equal(new Amount(600), told[found].Deposited);
        Assert.Contains(after.Events, @event => @event is ObserverEvent.WentBack { To: not null });
        await AssertTrailStandsAsync(after);
    }

    [Fact]
    public async Task A_chain_that_shares_no_block_of_the_trail_is_read_from_the_beginning()
    {
        var channel = await chain.RegisterAsync(1_000);
        var foreign = ObserverState.Empty.Apply(new ObserverEvent.Read(new Chain.BlockPosition(1, Bytes32.FromUInt128(1)), [], []));
        var observer = Observer(confirmations: 0).Resume(foreign);

        Assert.Equal(new Amount(1_000), (await LookAsync(observer, channel))!.Value.Deposited);
        Assert.Contains(observer.Events, @event => @event is ObserverEvent.WentBack { To: null });
    }

    [Fact]
    public async Task A_long_past_is_read_in_parts()
    {
        var channel = await chain.RegisterAsync(1_000);
        await chain.MineAsync(7);
        var observer = chain.Observer(_facts, new SettlementOptions { Confirmations = 0, BlocksPerLook = 3 });

        Assert.Equal(new Amount(1_000), (await LookAsync(observer, channel))!.Value.Deposited);
        var read = observer.Events.OfType<ObserverEvent.Read>().ToArray();
        Assert.True(read.Length > 2);
        Assert.Equal(read.OrderBy(one => one.UpTo.Number), read);
    }

    [Fact]
    public async Task A_channel_that_is_not_in_turn_hears_of_its_deposit_all_the_same()
    {
        Address[] channels = [await chain.RegisterAsync(1), await chain.RegisterAsync(1), await chain.RegisterAsync(1)];
        var observer = chain.Observer(_facts, new SettlementOptions { Confirmations = 0, ChannelsPerLook = 1 });
        await observer.ObserveAsync();
        _facts.Take();
        foreach (var channel in channels)
        {
            await chain.DepositAsync(channel, 10);
            Assert.Equal(new Amount(11), (await LookAsync(observer, channel))!.Value.Deposited);
        }
    }

    private ObserverUnderTest Observer(int confirmations) =>
        chain.Observer(_facts, new SettlementOptions { Confirmations = confirmations });

    private async Task AssertTrailStandsAsync(ObserverUnderTest observer)
    {
        foreach (var position in observer.State.Trail.Positions) Assert.True(await chain.HasAsync(position), $"{position} is gone.");
    }

    // What one look tells a channel; null for nothing.
    private async Task<ConsumerChannelFacts?> LookAsync(ObserverUnderTest observer, Address channel)
    {
        await observer.ObserveAsync();
        return _facts.Take().Where(told => told.Channel == channel).Select(told => (ConsumerChannelFacts?)told.Facts).SingleOrDefault();
    }
}

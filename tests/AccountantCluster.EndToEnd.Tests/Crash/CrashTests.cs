using System.Security.Cryptography;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Crash;

public sealed class CrashTests(LiveNetwork network, ITestOutputHelper output) : IClassFixture<LiveNetwork>
{
    private const int FewestAnswersBetweenKills = 20;
    private const int MoreAnswersBetweenKills = 150;
    private const int AnswersAfterTheLastKill = 50;

    // Two in every test, ten where there is time.
    private static readonly int Kills = (int)Math.Min(10, TestEffort.Of(2));

    [Fact]
    public async Task KillingTheNodeInMidStreamLosesNoAcceptedPromiseAndCountsNoneTwice()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"Seed {seed}.");
        var (dice, recorder) = (new Dice((ulong)seed), new Recorder());
        await using var cast = await CrashCast.BeginAsync(network, recorder, dice);

        using var stop = new CancellationTokenSource();
        var paying = cast.PayAsync(stop.Token);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await PayOnAsync(paying, recorder, FewestAnswersBetweenKills + dice.Roll(MoreAnswersBetweenKills));
            await network.KillNodeAsync();
            output.WriteLine($"Kill {kill} after {recorder.Answers} answers; {recorder.Lost} requests have lost their connection so far.");
            await network.StartNodeAsync();
        }
        await PayOnAsync(paying, recorder, AnswersAfterTheLastKill);
        await stop.CancelAsync();
        await paying.WithinAsync(network, "every payment that has begun comes to its end");
        foreach (var provider in cast.Paid)
            Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, $"{provider.Party.Name} closes its session"));
        await network.KillNodeAsync();

        Assert.True(recorder.Lost > 0, "No kill met a request on its way: this run has proved nothing.");
        var reckoning = new Reckoning(network.Chain.Profile, recorder.Requests, StoredJournal.Read(network.Storage));
        reckoning.NothingIsLostAndNothingCountedTwice();
        reckoning.ProvidersHaveWhatConsumersCredited();
        reckoning.ConsumersOweWhatTheySigned();
        reckoning.SignedTotalsAreJustifiedAndNeverDecrease();
        foreach (var provider in cast.Paid)
        {
            var (books, stored) = (provider.Account.Status, reckoning.Of(provider.Party.Identity));
            Assert.Equal(books.Gross, stored.Gross);
            Assert.Equal(books.Owed, books.Promised);
            Assert.Equal(books.Promised, stored.Promised);
        }
        foreach (var provider in cast.RawPaid)
        {
            Assert.Equal(provider.Gross, reckoning.Of(provider.Party.Identity).Gross);
            Assert.Equal(provider.Owed, reckoning.Of(provider.Party.Identity).Promised);
        }
        output.WriteLine($"{recorder.Requests.Count} requests, {recorder.Answers} answers, {recorder.Lost} lost connections.");
    }

    private async Task PayOnAsync(Task paying, Recorder recorder, int answers)
    {
        var enough = recorder.MoreAnswersAsync(answers);
        await Task.WhenAny(enough, paying).WithinAsync(network, $"{answers} more answers after {recorder.Answers}");
        // Payments end only by failing here.
        if (!enough.IsCompleted) await paying;
    }
}

using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>Which accepted promises a provider keeps to bring credit back, and how it hands them in again.</summary>
public sealed class KeptPromisesTests
{
    private const ulong Instance = 7;

    private readonly HashChain _chain =
        HashChain.Derive(new byte[32], TestWorld.Profile.ChainId, TestWorld.Profile.Accountant, TestWorld.Provider.Address, Instance);

    [Fact]
    public void Of_every_agreement_the_latest_whose_R_may_be_public_is_kept_and_of_a_folded_one_none()
    {
        var books = Begin();
        books = Accept(books, TestWorld.Alice, agreement: 1, amount: 10, total: 10);
        books = Accept(books, TestWorld.Alice, agreement: 2, amount: 25, total: 15);
        books = Accept(books, TestWorld.Alice, agreement: 1, amount: 30, total: 15);
        Assert.Empty(books.Kept);
        books = Close(books);
        Assert.Equal([15, 15], TotalsOf(books));

        // Under a secret R again: what is public stays.
        books = Accept(books, TestWorld.Alice, agreement: 2, amount: 90, total: 75);
        Assert.Equal([15, 15], TotalsOf(books));
        books = Close(books);
        Assert.Equal([15, 75], TotalsOf(books));

        books = ProviderEvents.Apply(books, new ProviderEvent.AgreementFolded(KeyOf(TestWorld.Alice, 2)));
        Assert.Equal([15], TotalsOf(books));
        // The highest promise is evidence whatever became of its agreement.
        Assert.Equal(new Amount(90), books.Evidence[TestWorld.Alice.Address].Promise.Amount);
        Assert.Contains(
            books.Evidence[TestWorld.Alice.Address].Promise, KeptPromises.Batches(books, 64).SelectMany(batch => batch.Promises));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(3)]
    public void Every_batch_is_opened_by_one_R_that_may_be_public(int limit)
    {
        var books = Begin();
        for (var window = 0; window < 40; window++)
        {
            if (window % 3 != 1) books = Accept(books, TestWorld.Alice, (ulong)window + 1, 10 * ((ulong)window + 1), 10);
            if (window % 2 == 0) books = Accept(books, TestWorld.Bob, (ulong)window + 100, 10 * ((ulong)window + 1), 10);
            books = Close(books);
        }

        var batches = KeptPromises.Batches(books, limit).ToArray();

        Assert.Equal(books.Kept.Values.Select(kept => kept.Promise).ToHashSet(), batches.SelectMany(batch => batch.Promises).ToHashSet());
        Assert.Equal(books.Kept.Count, batches.Sum(batch => batch.Promises.Length));
        foreach (var (top, promises) in batches)
        {
            Assert.InRange(promises.Length, 1, limit);
            Assert.True(books.MayDisclose(top));
            var r = _chain.R(top.Window);
            Assert.All(promises, promise => Assert.NotNull(HashSteps.Find(r.Value, promise.Hashlock)));
        }
    }

    private static IEnumerable<int> TotalsOf(ProviderBooks books) =>
        books.Kept.Values.Select(kept => (int)kept.Promise.Agreement.Total.Units).Order();

    private static AgreementKey KeyOf(PrivateKey consumer, ulong agreement) => new(consumer.Address, AgreementId.From(agreement));

    private ProviderBooks Begin() =>
        ProviderEvents.Apply(ProviderBooks.Empty, new ProviderEvent.ChainBegun(Instance, _chain.Hashlock(0)));

    private ProviderBooks Close(ProviderBooks books)
    {
        var position = books.Windows[books.Open].Position;
        return ProviderEvents.Apply(books, new ProviderEvent.WindowClosed(books.Open, position, _chain.Hashlock(position.Window + 1)));
    }

    private static ProviderBooks Accept(ProviderBooks books, PrivateKey consumer, ulong agreement, ulong amount, ulong total)
    {
        var (promise, key) = (TestWorld.Promise(consumer, amount, total, books.Open, agreement), KeyOf(consumer, agreement));
        if (!books.Agreements.ContainsKey(key)) books = ProviderEvents.Apply(books, new ProviderEvent.AgreementOpened(key));
        return ProviderEvents.Apply(books, [new ProviderEvent.PromisesHandedIn([promise]), new ProviderEvent.PromiseAccepted(promise)]);
    }
}

using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Tests;

/// <summary>Where the signer's memory may be.</summary>
public sealed class SignerTotalsTests : IDisposable
{
    private static readonly AccountantDomain Domain = new(31_337, Address.Parse("0xacc0000000000000000000000000000000000001"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-node-");

    private string Books => PathOf("books");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("books/operator.totals")]
    [InlineData("books/signer/operator.totals")]
    [InlineData("books/../books/operator.totals")]
    [InlineData("link/operator.totals")]
    [InlineData("linked.totals")]
    [InlineData("books")]
    public void Among_the_books_it_is_refused(string path)
    {
        Directory.CreateDirectory(PathOf("books/signer"));
        File.CreateSymbolicLink(PathOf("link"), Books);
        File.CreateSymbolicLink(PathOf("linked.totals"), PathOf("books/operator.totals"));

        var problem = Assert.Throws<ConfigurationException>(() => Open(PathOf(path)));
        Assert.Contains("operator.totalsFile", problem.Message, StringComparison.Ordinal);
        Assert.Contains("storage.directory", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Books, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("operator.totals")]
    [InlineData("books.totals")]
    [InlineData("books-of-the-signer/operator.totals")]
    public async Task Outside_of_them_it_is_made_whether_there_are_books_or_not(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        await using (var totals = Open(PathOf(path))) Assert.True(totals.IsNew);
        Directory.CreateDirectory(Books);
        await using (var totals = Open(PathOf(path))) Assert.False(totals.IsNew);
    }

    [Fact]
    public void What_cannot_be_opened_is_named()
    {
        var problem = Assert.Throws<ConfigurationException>(() => Open(PathOf("missing/operator.totals")));
        Assert.StartsWith("operator.totalsFile: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(PathOf("missing/operator.totals"), problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_lead_nowhere_are_named()
    {
        File.CreateSymbolicLink(PathOf("one"), PathOf("one/two"));
        Assert.StartsWith("operator.totalsFile: ", Assert.Throws<ConfigurationException>(() => Open(PathOf("one/file"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_nodes_file_is_refused()
    {
        await using var other = Open(PathOf("operator.totals"));
        var problem = Assert.Throws<ConfigurationException>(() => Open(PathOf("operator.totals")));
        Assert.Contains("each node remembers in a file of its own", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_node_that_signs_and_names_none_is_refused(string? file) => Assert.StartsWith(
        "operator.totalsFile is missing", Assert.Throws<ConfigurationException>(() => Open(file)).Message, StringComparison.Ordinal);

    private Cluster.SqliteTotals Open(string? path) => SignerTotals.Open(
        new NodeConfiguration.OperatorSection { TotalsFile = path }, new NodeConfiguration.StorageSection { Directory = Books }, Domain);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}

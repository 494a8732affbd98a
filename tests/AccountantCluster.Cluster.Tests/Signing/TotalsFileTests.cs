using System.Runtime.Versioning;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The signer's memory is one process', one accountant's and nobody else's.</summary>
[SupportedOSPlatform("linux")]
public sealed class TotalsFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Address Provider = Keys.Next().Address;

    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "signer.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_whether_it_begins_empty()
    {
        await using (var totals = Open())
        {
            Assert.True(totals.IsNew);
            Assert.Equal(0, totals.Remembered);
            await totals.TryRaiseAsync(Provider, new Amount(1));
        }
        await using var again = Open();
        Assert.False(again.IsNew);
        Assert.Equal(1, again.Remembered);
    }

    [Fact]
    public async Task Nobody_else_can_read_it()
    {
        await using var totals = Open();
        await totals.TryRaiseAsync(Provider, new Amount(1));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.Equal(Private, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task One_that_everybody_can_open_is_refused(UnixFileMode mode)
    {
        await Open().DisposeAsync();
        File.SetUnixFileMode(Path, Private | mode);
        Assert.Contains("chmod", Refused(), StringComparison.Ordinal);
        File.SetUnixFileMode(Path, Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task It_is_one_signers_at_a_time()
    {
        await using (Open()) Assert.Contains("in use by another process", Refused(), StringComparison.Ordinal);
        await using (Open()) Assert.Contains("in use by another process", Refused(), StringComparison.Ordinal);
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task It_is_one_accountants_on_one_chain()
    {
        await Open().DisposeAsync();
        var contract = Accountant.Domain.VerifyingContract;
        Assert.Contains("another accountant", Refused(new AccountantDomain(1, contract)), StringComparison.Ordinal);
        Assert.Contains("another accountant", Refused(new AccountantDomain(Accountant.Domain.ChainId, Provider)), StringComparison.Ordinal);
        await Open().DisposeAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE journal (ordinal INTEGER PRIMARY KEY)")]
    [InlineData("PRAGMA application_id = 7")]
    public void Another_programs_database_is_refused_and_left_as_it_was(string sql)
    {
        Execute(sql);
        var before = File.ReadAllBytes(Path);
        File.SetUnixFileMode(Path, Private);
        Assert.Contains("another program's", Refused(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_is_no_database_is_refused_and_left_as_it_was()
    {
        const string text = "a letter that somebody keeps here, which is longer than the header of a database would be: a hundred bytes";
        File.WriteAllText(Path, text);
        File.SetUnixFileMode(Path, Private);
        Assert.Contains("no file of a signer's totals", Refused(), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Fact]
    public void A_folder_that_is_missing_and_one_in_its_place_are_refused()
    {
        var missing = System.IO.Path.Combine(_folder.Path, "missing", "signer.db");
        Assert.Contains(missing, Assert.Throws<TotalsFileException>(() => new SqliteTotals(missing, Accountant.Domain)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path);
        Assert.Contains(Path, Refused(), StringComparison.Ordinal);
    }

    private SqliteTotals Open() => new(Path, Accountant.Domain);

    private string Refused(AccountantDomain? domain = null) =>
        Assert.Throws<TotalsFileException>(() => new SqliteTotals(Path, domain ?? Accountant.Domain)).Message;

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

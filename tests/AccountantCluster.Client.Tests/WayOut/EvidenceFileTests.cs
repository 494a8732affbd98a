using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>What stands between a provider and the loss of everything: it is read whole, or what is wrong with it is named.</summary>
public sealed class EvidenceFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    private readonly TemporaryFile _files = new();

    private string Path => _files.At("evidence.json");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var evidence = EvidenceSamples.Evidence(atStake: 7);
        EvidenceFile.Write(Path, evidence, Now);
        var read = EvidenceFile.Read(Path);
        Assert.Empty(read.Flaws);
        Assert.True(evidence.Equivalent(read.Evidence));
        Assert.Equal(Now, read.WrittenAt);
        Assert.Single(Directory.EnumerateFiles(_files.Folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void A_provider_without_anything_has_a_file_too()
    {
        var evidence = new ProviderEvidence(TestWorld.Profile, TestWorld.Provider.Address);
        EvidenceFile.Write(Path, evidence, Now);
        Assert.True(evidence.Equivalent(EvidenceFile.Read(Path).Evidence));
    }

    [Fact]
    public void No_R_is_in_it_that_is_secret()
    {
        EvidenceFile.Write(Path, EvidenceSamples.Evidence(), Now);
        var text = File.ReadAllText(Path);
        Assert.Contains($"{EvidenceSamples.R(EvidenceSamples.Open - 1).Value}", text);
        for (var window = EvidenceSamples.Open; window < EvidenceSamples.Open + 20; window++)
            Assert.DoesNotContain($"{EvidenceSamples.R(window).Value}", text);
    }

    [Fact]
    public void The_one_before_stays_where_another_cannot_be_written()
    {
        EvidenceFile.Write(Path, EvidenceSamples.Evidence(), Now);
        // A folder cannot be replaced by a file.
        var taken = Directory.CreateDirectory(_files.At("folder"));
        Assert.ThrowsAny<SystemException>(() => EvidenceFile.Write(taken.FullName, EvidenceSamples.Evidence(atStake: 1), Now));
        // What was written beside is gone.
        Assert.Equal([Path], Directory.EnumerateFiles(_files.Folder));
        Assert.True(EvidenceSamples.Evidence().Equivalent(EvidenceFile.Read(Path).Evidence));
    }

    [Fact]
    public void A_part_of_a_file_is_no_file()
    {
        EvidenceFile.Write(Path, EvidenceSamples.Evidence(), Now);
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length - 1; length += 97)
        {
            File.WriteAllBytes(Path, whole.AsSpan(0, length));
            Assert.Throws<EvidenceException>(() => EvidenceFile.Read(Path));
        }
        File.WriteAllText(Path, """{"chainId": 1}""");
        Assert.Throws<EvidenceException>(() => EvidenceFile.Read(Path));
    }

    [Fact]
    public void Another_version_is_refused_by_its_number() =>
        Assert.Contains("version 2", Assert.Throws<EvidenceException>(() => Altered("\"version\": 1", "\"version\": 2")).Message);

    [Theory]
    [InlineData("\"amount\": \"60\"", "\"amount\": \"61\"", "collectable[0]")]
    [InlineData("\"amount\": \"40\"", "\"amount\": \"x\"", "collectable[1]")]
    [InlineData("\"agreementTotal\": \"40\"", "\"agreementTotal\": \"41\"", "collectable[1]")]
    [InlineData("\"amount\": \"100\"", "\"amount\": \"101\"", "windows[0].promises[0]")]
    [InlineData("\"amount\": \"130\"", "\"amount\": \"0\"", "windows[0].held")]
    [InlineData("\"amount\": \"90\"", "\"amount\": \"-1\"", "settleable")]
    [InlineData("\"window\": 3", "\"window\": 65536", "windows[0]")]
    public void A_forged_part_is_named_and_the_rest_is_used(string from, string to, string where)
    {
        var read = Altered(from, to);
        Assert.Equal(where, Assert.Single(read.Flaws).Where);
        var (evidence, whole) = (read.Evidence, EvidenceSamples.Evidence());
        Assert.Equal(where == "settleable", evidence.Settleable is null);
        Assert.Equal(whole.Collectable.Count - (where.StartsWith("coll", StringComparison.Ordinal) ? 1 : 0), evidence.Collectable.Count);
        Assert.Equal(where == "windows[0]" ? 0 : 1, evidence.Windows.Count);
    }

    [Fact]
    public void An_R_that_opens_nothing_is_named()
    {
        var read = Altered($"\"r\": \"{EvidenceSamples.R(1).Value}", $"\"r\": \"{EvidenceSamples.R(0).Value}");
        Assert.Contains("R does not open", Assert.Single(read.Flaws).What);
    }

    [Theory]
    [InlineData("\"chainId\": 31337", "\"chainId\": 1")]
    [InlineData("\"accountant\": \"0x01010101", "\"accountant\": \"0x05050505")]
    public void Promises_for_another_accountant_or_chain_are_worth_nothing(string from, string to)
    {
        var read = Altered(from, to);
        Assert.Empty(read.Evidence.Collectable);
        Assert.Equal(["collectable[0]", "collectable[1]", "windows[0].promises[0]"], read.Flaws.Select(flaw => flaw.Where));
    }

    [Fact]
    public void Promises_to_another_provider_are_named()
    {
        var read = Altered(
            $"\"provider\": \"{TestWorld.Provider.Address}\",\n  \"settleable\"",
            $"\"provider\": \"{TestWorld.OtherProvider.Address}\",\n  \"settleable\"");
        Assert.Contains("not to this provider", read.Flaws[0].What);
        Assert.Empty(read.Evidence.Collectable);
    }

    private StoredEvidence Altered(string from, string to)
    {
        EvidenceFile.Write(Path, EvidenceSamples.Evidence(), Now);
        var text = File.ReadAllText(Path);
        Assert.Contains(from, text);
        File.WriteAllText(Path, text.Replace(from, to));
        return EvidenceFile.Read(Path);
    }
}

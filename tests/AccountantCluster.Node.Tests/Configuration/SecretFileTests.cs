using System.Text;
using AccountantCluster.Node.Configuration;

namespace AccountantCluster.Node.Tests.Configuration;

public sealed class SecretFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-secret-tests-");

    private string Secret => Path.Combine(_folder.FullName, "secret");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    public void What_its_user_or_a_group_can_read_is_read(UnixFileMode mode)
    {
        Write(mode);
        Assert.Equal("correct horse"u8.ToArray(), SecretFile.Read(Secret));
    }

    [Fact]
    public void A_connection_is_read_without_what_marks_a_text()
    {
        File.WriteAllText(Secret, "Host=here\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Secret, UnixFileMode.UserRead);
        var store = Storage.Open(new NodeConfiguration.StorageSection { ConnectionFile = Secret });
        Assert.Equal("Host=here", Assert.IsType<Cluster.StoreOptions.PostgreSql>(store).ConnectionString);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite)]
    public void What_everybody_can_read_or_write_is_refused(UnixFileMode mode)
    {
        Write(mode);
        var problem = Assert.Throws<ConfigurationException>(() => SecretFile.Read(Secret));
        Assert.Contains($"chmod o= {Secret}", problem.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => SecretFile.MustBePrivate(Secret));
    }

    [Fact]
    public void What_is_not_there_is_named() => Assert.Contains(
        Secret, Assert.Throws<ConfigurationException>(() => SecretFile.Read(Secret)).Message, StringComparison.Ordinal);

    [Fact]
    public void Lines_of_a_stream_are_secrets_one_after_the_other()
    {
        using var input = new MemoryStream("one\ntwo\r\n\nlast"u8.ToArray());
        Assert.Equal(["one", "two\r", "", "last"], Enumerable.Range(0, 4).Select(_ => Encoding.UTF8.GetString(SecretFile.ReadLine(input))));
        Assert.Throws<IOException>(() => SecretFile.ReadLine(input));
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        using var input = new MemoryStream(new byte[1024 * 1024]);
        Assert.Throws<IOException>(() => SecretFile.ReadLine(input));
    }

    private void Write(UnixFileMode mode)
    {
        File.WriteAllText(Secret, "correct horse");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Secret, mode);
    }
}

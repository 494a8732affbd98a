using System.Net.Sockets;
using System.Runtime.Versioning;
using AccountantCluster.Admin;

namespace AccountantCluster.Node.Tests;

/// <summary>Where the admin's socket may be, and what may be there already.</summary>
[SupportedOSPlatform("linux")]
public sealed class AdminSocketTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("admin-");

    private string Socket => PathOf("admin.socket");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_path_that_is_too_long_for_a_socket_is_refused_before_anything_starts()
    {
        var longest = PathOf(new string('x', 106 - _folder.FullName.Length));
        AdminSocket.Check(longest);
        Assert.Contains("107", Refused(() => AdminSocket.Check(longest + "x")), StringComparison.Ordinal);
        // Bytes count, not characters.
        Assert.Contains("107", Refused(() => AdminSocket.Check(longest[..^1] + "é")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_named() =>
        Assert.Contains(PathOf("missing"), Refused(() => AdminSocket.Check(PathOf("missing/admin.socket"))), StringComparison.Ordinal);

    [Fact]
    public void What_a_dead_node_left_is_taken_away()
    {
        AdminSocket.MakeRoom(Socket);
        using (var dead = Listen()) KeepFileOf(dead);
        Assert.True(File.Exists(Socket));
        AdminSocket.MakeRoom(Socket);
        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public void A_live_nodes_is_refused_and_left()
    {
        using var live = Listen();
        Assert.Contains("Another process listens", Refused(() => AdminSocket.MakeRoom(Socket)), StringComparison.Ordinal);
        Assert.True(File.Exists(Socket));
    }

    [Theory]
    [InlineData("")]
    [InlineData("somebody's")]
    public void A_file_is_refused_and_left(string content)
    {
        File.WriteAllText(Socket, content);
        Assert.Contains("is no socket", Refused(() => AdminSocket.MakeRoom(Socket)), StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Socket));
    }

    [Fact]
    public void A_folder_is_refused_and_left()
    {
        Directory.CreateDirectory(Socket);
        Assert.Contains("is no socket", Refused(() => AdminSocket.MakeRoom(Socket)), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Socket));
    }

    [Fact]
    public void Nobody_else_may_connect()
    {
        using var socket = AdminSocket.Bind(new UnixDomainSocketEndPoint(Socket), Socket);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));
    }

    private static string Refused(Action action) => Assert.Throws<AdminSocketException>(action).Message;

    private Socket Listen()
    {
        var socket = AdminSocket.Bind(new UnixDomainSocketEndPoint(Socket), Socket);
        socket.Listen();
        return socket;
    }

    // A process that is killed leaves the file; .NET takes it away when it closes a socket by itself.
    private void KeepFileOf(Socket socket)
    {
        File.Move(Socket, Socket + ".kept");
        socket.Dispose();
        File.Move(Socket + ".kept", Socket);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}

namespace AccountantCluster.Client.Tests.Support;

/// <summary>A directory of its own for one test's stores.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("accountant-client-").FullName;

    public string Folder => _directory;

    public string Path => At("books.db");

    public string At(string name) => System.IO.Path.Combine(_directory, name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

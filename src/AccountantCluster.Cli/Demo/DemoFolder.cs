namespace AccountantCluster.Cli.Demo;

/// <summary>The one folder with everything that a demo writes, closed to other users; gone at the end unless it is to be kept.</summary>
internal sealed class DemoFolder(bool keep) : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("accountant-demo-").FullName;
    private bool _stays = keep;

    /// <summary>Where it is.</summary>
    public string Path => _path;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(_path, name);

    /// <summary>Makes a folder in it.</summary>
    public string Folder(string name)
    {
        PrivateFiles.CreateFolder(File(name));
        return File(name);
    }

    /// <summary>It stays, whatever was said at first.</summary>
    public void Keep() => _stays = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_stays) Directory.Delete(_path, recursive: true);
    }
}
